import type { Metadata } from '../../../domain/enrolment/records.ts';
import { InvalidField } from '../invalid-field.ts';

/** Of the metadata as JSON. */
const CHARACTERS_MAX = 65_536;

const UNKEEPABLE = /[\0\p{Surrogate}]/u;

/**
 * A caller's metadata, ready to be kept; `{}` where there is none.
 *
 * @throws InvalidField when it is too long, or holds a NUL or half of a surrogate pair anywhere.
 */
export function metadataFrom(metadata: object | null | undefined): Metadata {
  if (metadata === null || metadata === undefined) return {};
  const text = JSON.stringify(metadata, (key, value: unknown) => {
    if (UNKEEPABLE.test(key) || (typeof value === 'string' && UNKEEPABLE.test(value))) {
      throw new InvalidField('metadata', 'holds a character that cannot be kept');
    }
    return value;
  });
  if (text.length > CHARACTERS_MAX) {
    throw new InvalidField('metadata', `is longer than ${CHARACTERS_MAX} characters`);
  }
  return JSON.parse(text) as Metadata;
}
