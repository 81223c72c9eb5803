import type { MeasuredQuality } from '@facegate/engine/vocabulary';

/** How one component of ISO/IEC 29794-5 is told from the measures. */
export interface ComponentRule {
  /** Undefined: failure to assess. */
  readonly native: (measured: MeasuredQuality) => number | undefined;
  /** Native value to 0..100, not yet rounded or limited. */
  readonly quality: (native: number) => number;
  /** One plain sentence to the subject, or undefined where nothing needs to change. */
  readonly advice: (native: number) => string | undefined;
}

/** Says something only where a condition holds. */
export const when = (isDue: boolean, sentence: string): string | undefined => (isDue ? sentence : undefined);

/** Share as whole percent. */
export const percent = (share: number): string => `${Math.round(100 * share)} %`;
