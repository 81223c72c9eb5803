import type { RateAnswer } from '../domain/limits/limits.ts';

/**
 * Counts over a window that slides: in no stretch of time of that length is more allowed than the limit. Nodes count
 * together, by one clock that is not theirs.
 *
 * Every operation may throw FaceError `unavailable`.
 */
export interface RateCounters {
  /** Counts one more, unless the window is full. What is refused is not counted. Atomic. */
  count(key: string, rate: Rate): Promise<RateAnswer>;
  /** Takes the last count back. Without effect where there is none. */
  uncount(key: string): Promise<void>;
  /** Forgets keys of which nothing counts any longer. */
  forgetLapsed(): Promise<void>;
}

export interface Rate {
  /** At least 1. */
  readonly limit: number;
  readonly windowSeconds: number;
}
