import { expect, it } from 'vitest';
import { together } from './together.ts';

/** Calls that are answered when the test says so. */
function openCalls() {
  const made: { key: string; calls: number; answer(): void; fail(): void }[] = [];
  const call = together<string>(
    (key, calls) =>
      new Promise((resolve, reject) => {
        const answer = () => resolve(Array.from({ length: calls }, (_, i) => `${key}${i}`));
        made.push({ key, calls, answer, fail: () => reject(new Error('failed')) });
      }),
  );
  return { made, call };
}

it('makes one call of those that come while one is under way, and answers each', async () => {
  const { made, call } = openCalls();
  const first = call('a');
  const others = Promise.all([call('a'), call('a'), call('a')]);
  expect(made.map(({ calls }) => calls)).toEqual([1]);
  made[0]?.answer();
  expect(await first).toBe('a0');
  await expect.poll(() => made.map(({ calls }) => calls)).toEqual([1, 3]);
  made[1]?.answer();
  expect(await others).toEqual(['a0', 'a1', 'a2']);
});

it('lets no key wait for another', () => {
  const { made, call } = openCalls();
  void call('a');
  void call('b');
  expect(made.map(({ key }) => key)).toEqual(['a', 'b']);
});

it('fails those alone that were called together, and goes on', async () => {
  const { made, call } = openCalls();
  const first = call('a');
  const second = call('a');
  made[0]?.fail();
  await expect(first).rejects.toThrow('failed');
  await expect.poll(() => made.length).toBe(2);
  made[1]?.answer();
  expect(await second).toBe('a0');
  const third = call('a');
  await expect.poll(() => made.length).toBe(3);
  made[2]?.answer();
  expect(await third).toBe('a0');
});
