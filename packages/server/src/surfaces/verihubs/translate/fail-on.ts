import type { Check } from '../../../domain/examination/examination.ts';
import { FAIL_ON_MESSAGES } from '../wire/fail-on.data.ts';

/** What each failed validation adds to the vendor's number. */
const BITS = {
  'presentation-attack': 1,
  coverings: 2,
  capture: 4,
  'single-face': 8,
} as const satisfies Record<Check, number>;

/** No validation failed, and the faces do not match. */
export const FAIL_ON_SIMILARITY = 16;

/** The vendor's number, 1 to 15; 0 when none failed. A check may be named twice. */
export const failOn = (failed: readonly Check[]): number =>
  failed.reduce((number, check) => number | BITS[check], 0);

/** 1 to 16 in the vendor's words. */
export const failOnMessage = (number: number): string => FAIL_ON_MESSAGES[number - 1] ?? '';
