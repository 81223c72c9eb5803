import { type FalseMatchRate, falseMatchRate } from '@facegate/engine/vocabulary';
import { payloadRefusal } from '../coded-refusal.ts';
import type { Payload } from '../wire/payload.ts';

/** The vendor's three thresholds as operating points of the pack's calibration; it publishes no figures. */
export const LEVELS = { basic: 1e-3, moderate: 1e-4, high: 1e-5 } as const;

/** Of a request that names none. */
const DEFAULT = 'moderate';

/** @throws CodedRefusal */
export function levelOf({ threshold = DEFAULT }: Payload): FalseMatchRate {
  if (typeof threshold !== 'string' || !Object.hasOwn(LEVELS, threshold)) {
    throw payloadRefusal('INVALID_PAYLOAD_THRESHOLD_MISSING');
  }
  return falseMatchRate(LEVELS[threshold as keyof typeof LEVELS]);
}
