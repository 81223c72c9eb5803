const [SECOND_MS, MINUTE_MS] = [1000, 60_000];

/** After each attempt that failed, before the next. */
const WAITS_MS: readonly number[] = [10 * SECOND_MS, MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS];

/** Of one notice. */
export const ATTEMPTS_MAX = WAITS_MS.length + 1;

/** Spreads what failed together. */
const JITTER = 0.2;

/**
 * How long to wait for the next attempt, milliseconds.
 *
 * @param attempts  that failed so far, 1 or more.
 * @param chance    0..1, drawn for each.
 * @returns undefined when there is none: the notice is given up.
 */
export function waitMs(attempts: number, chance: number): number | undefined {
  const wait = WAITS_MS[attempts - 1];
  return wait === undefined ? undefined : Math.round(wait * (1 - JITTER + 2 * JITTER * chance));
}
