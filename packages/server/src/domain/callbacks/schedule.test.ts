import { expect, it } from 'vitest';
import { ATTEMPTS_MAX, waitMs } from './schedule.ts';

it('tries five times, ten seconds, a minute, ten minutes and an hour apart', () => {
  expect(ATTEMPTS_MAX).toBe(5);
  expect([1, 2, 3, 4, 5].map((attempts) => waitMs(attempts, 0.5))).toEqual([
    10_000,
    60_000,
    600_000,
    3_600_000,
    undefined,
  ]);
});

it('spreads what failed together by a fifth to either side', () => {
  expect([waitMs(1, 0), waitMs(1, 1), waitMs(4, 0), waitMs(4, 1)]).toEqual([
    8000, 12_000, 2_880_000, 4_320_000,
  ]);
});
