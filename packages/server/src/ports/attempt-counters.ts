import type { Attempt, AttemptOutcome } from '../domain/limits/limits.ts';

/** The subject of an attempt. */
export type AttemptSubject = Pick<Attempt, 'space' | 'subjectId'>;

/**
 * Failed attempts in a row, by subject. Nodes count together, by one clock that is not theirs. They outlive restarts.
 *
 * Every operation may throw FaceError `unavailable`.
 */
export interface AttemptCounters {
  /**
   * Lets an attempt begin, unless a delay lasts, and counts it as a failure for now. Atomic: when a delay is over, one
   * of many at once may begin.
   *
   * @returns whole seconds until the delay is over; 0 when the attempt may begin.
   */
  begin(subject: AttemptSubject, policy: AttemptPolicy): Promise<number>;
  end(subject: AttemptSubject, outcome: AttemptOutcome): Promise<void>;
  /** Forgets subjects without an attempt for so long. */
  forgetQuiet(quietSeconds: number): Promise<void>;
}

export interface AttemptPolicy {
  /** After so many failures in a row the first delay begins. */
  readonly failuresMax: number;
  /** Of the first delay, from the last failure on. It doubles with each further failure. */
  readonly delaySeconds: number;
  readonly delaySecondsMax: number;
}
