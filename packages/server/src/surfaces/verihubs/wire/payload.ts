import { type ImageField, payloadRefusal } from '../coded-refusal.ts';

/** A request's JSON object, the types of its switches checked. */
export type Payload = Readonly<Record<string, unknown>>;

/** The switches with what they are when absent. */
const DEFAULTS = {
  is_quality: true,
  is_attribute: true,
  is_liveness: false,
  validate_quality: false,
  validate_attribute: false,
  validate_liveness: false,
  validate_nface: false,
  return_image: false,
} as const;

type Switch = keyof typeof DEFAULTS;

export type Switches = { readonly [Name in Switch]: boolean };

const SWITCHES = Object.keys(DEFAULTS) as Switch[];

/**
 * A body that can be a payload: an object with a value in it, at most one empty string, and switches that are true or
 * false.
 *
 * @throws CodedRefusal
 */
export function payloadOf(body: unknown): Payload {
  const payload = objectOf(body);
  const values = Object.values(payload);
  const hasValue = values.some((value) => value !== null);
  const emptyTexts = values.filter((value) => value === '').length;
  const isMistyped = (name: Switch) => Object.hasOwn(payload, name) && typeof payload[name] !== 'boolean';
  if (!hasValue || emptyTexts > 1 || SWITCHES.some(isMistyped)) throw payloadRefusal('INVALID_PAYLOAD');
  return payload;
}

/** @throws CodedRefusal */
export function objectOf(body: unknown): Payload {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Payload;
  throw payloadRefusal('INVALID_PAYLOAD');
}

/** Fields that a request cannot do without, in the order in which a missing one is told. */
export function requireFields(payload: Payload, fields: readonly (ImageField | 'subject_id')[]): void {
  for (const field of fields) {
    if (Object.hasOwn(payload, field)) continue;
    if (field === 'subject_id') throw payloadRefusal('MISSING_PAYLOAD_SUBJECT_ID');
    throw payloadRefusal('MISSING_PAYLOAD_IMAGE', field);
  }
}

/** Of a payload that {@link payloadOf} let pass. */
export const switchesOf = (payload: Payload): Switches => ({ ...DEFAULTS, ...payload }) as Switches;

/** No NUL, which the store cannot hold, and no half of a surrogate pair, which UTF-8 cannot. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
const KEEPABLE = /^[^\u0000\p{Surrogate}]{1,512}$/u;

/** @throws CodedRefusal */
export function subjectIdOf({ subject_id: subjectId }: Payload): string {
  if (subjectId === null || subjectId === '') throw payloadRefusal('INVALID_PAYLOAD_SUBJECT_ID_MISSING');
  if (typeof subjectId !== 'string' || !KEEPABLE.test(subjectId)) {
    throw payloadRefusal('INVALID_PAYLOAD_SUBJECT_ID');
  }
  return subjectId;
}
