import type { SubjectSearchInput } from '../../../domain/examination/examination.ts';
import { payloadRefusal } from '../coded-refusal.ts';
import type { Payload } from '../wire/payload.ts';
import { rateAtScore } from './similarity.ts';

/** The vendor's. */
const THRESHOLD = { default: 82, max: 100 } as const;
const LIMIT = { default: 1, max: 10 } as const;

/** How far to search and for how many. @throws CodedRefusal */
export function toSearchLimits(payload: Payload): Omit<SubjectSearchInput, 'examination'> {
  const { threshold = THRESHOLD.default, limit = LIMIT.default } = payload;
  if (typeof threshold !== 'number' || threshold < 0 || threshold > THRESHOLD.max) {
    throw payloadRefusal('INVALID_PAYLOAD_THRESHOLD');
  }
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > LIMIT.max) {
    throw payloadRefusal('INVALID_PAYLOAD_LIMIT');
  }
  return { falseMatchRateMax: rateAtScore(threshold), subjectsMax: limit };
}
