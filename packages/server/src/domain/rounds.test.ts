import { expect, it } from 'vitest';
import { inRounds } from './rounds.ts';

it('goes on after a round that failed, and tells of it', async () => {
  const failures: unknown[] = [];
  let rounds = 0;
  const end = inRounds(
    async () => {
      rounds++;
      if (rounds === 1) throw new Error('once');
    },
    { everyMs: 1, onFailure: (error) => failures.push(error) },
  );
  await expect.poll(() => rounds).toBeGreaterThan(2);
  await end();
  expect(failures).toEqual([new Error('once')]);
});

it('ends after the round that runs, and begins no other', async () => {
  let finish: () => void = () => {};
  let rounds = 0;
  const end = inRounds(
    () => {
      rounds++;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    { everyMs: 1, onFailure: () => {} },
  );
  await expect.poll(() => rounds).toBe(1);
  let isEnded = false;
  const ending = end().then(() => {
    isEnded = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isEnded).toBe(false);
  finish();
  await ending;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(rounds).toBe(1);
});
