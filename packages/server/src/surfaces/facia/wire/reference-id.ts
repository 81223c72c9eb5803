import { errors } from '../../../domain/errors.ts';
import { required } from './fields.ts';
import { text } from './rules.ts';

export const referenceId = required(text({ max: 64 }));

/** What all of them look like. */
const REFERENCE = /^[0-9A-Z]{15}$/;

/** A text that cannot be one is not looked for. @throws FaceError `not-found` */
export function known(reference: string): string {
  if (!REFERENCE.test(reference)) throw errors.notFound('transaction');
  return reference;
}
