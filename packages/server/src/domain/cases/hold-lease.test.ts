import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Lease } from '../../ports/case-records.ts';
import { whileHeld } from './hold-lease.ts';

const LEASE: Lease = { reference: 'R', leaseId: 'L' };
const LEASE_MS = 15_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that goes on until it is told, and a store that answers renewals as the test says. */
function hold(answer: (renewal: number) => boolean | Error, deadline = new AbortController().signal) {
  const renewals: unknown[] = [];
  const failures: unknown[] = [];
  const renew = async (...given: unknown[]): Promise<boolean> => {
    const said = answer(renewals.push(given));
    if (said instanceof Error) throw said;
    return said;
  };
  const parts = { cases: { renew }, leaseMs: LEASE_MS, onFailure: (error: unknown) => failures.push(error) };
  let done = (_word: string) => {};
  const result = whileHeld(
    parts,
    { lease: LEASE, deadline },
    (lost) =>
      new Promise<string>((resolve) => {
        done = resolve;
        lost.addEventListener('abort', () => resolve('lost'));
      }),
  );
  return { renewals, failures, result, done: (word: string) => done(word) };
}

it('renews three times within the time of a lease, and no more once the work is done', async () => {
  const { renewals, result, done } = hold(() => true);
  await vi.advanceTimersByTimeAsync(LEASE_MS);
  expect(renewals).toEqual(Array.from({ length: 3 }, () => [LEASE, LEASE_MS]));
  done('decided');
  expect(await result).toBe('decided');
  await vi.advanceTimersByTimeAsync(10 * LEASE_MS);
  expect(renewals).toHaveLength(3);
});

it('tells the work at once when the store says that the lease is another', async () => {
  const { result } = hold((renewal) => renewal < 2);
  let told: string | undefined;
  void result.then((word) => {
    told = word;
  });
  await vi.advanceTimersByTimeAsync(LEASE_MS / 3);
  expect(told).toBeUndefined();
  await vi.advanceTimersByTimeAsync(LEASE_MS / 3);
  expect(told).toBe('lost');
});

it('goes on, and goes on asking, while the store is away', async () => {
  const away = new Error('away');
  const { renewals, failures, result, done } = hold((renewal) => (renewal < 8 ? away : true));
  await vi.advanceTimersByTimeAsync(3 * LEASE_MS);
  expect(failures).toEqual(Array.from({ length: 7 }, () => away));
  expect(renewals).toHaveLength(9);
  done('decided');
  expect(await result).toBe('decided');
});

it('leaves the lease to lapse when the deadline is over, though the work hangs', async () => {
  const deadline = new AbortController();
  const { renewals } = hold(() => true, deadline.signal);
  await vi.advanceTimersByTimeAsync(LEASE_MS);
  deadline.abort();
  await vi.advanceTimersByTimeAsync(10 * LEASE_MS);
  expect(renewals).toHaveLength(3);
});

it('ends with the work when that fails', async () => {
  const parts = {
    cases: { renew: () => Promise.reject(new Error('asked')) },
    leaseMs: LEASE_MS,
    onFailure: () => expect.fail('asked'),
  };
  const broken = new Error('broken');
  const work = () => Promise.reject(broken);
  const { signal } = new AbortController();
  await expect(whileHeld(parts, { lease: LEASE, deadline: signal }, work)).rejects.toBe(broken);
  await vi.advanceTimersByTimeAsync(LEASE_MS);
});
