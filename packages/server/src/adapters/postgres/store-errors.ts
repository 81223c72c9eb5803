import { errors, FaceError } from '../../domain/errors.ts';

/** Classes of SQLSTATE that pass: connection, resources, intervention by an operator, the system under it. */
const PASSING_CLASSES: readonly string[] = ['08', '53', '57', '58'];

/** Read-only (a server that is a standby just now), lock timeouts, and contention that outlasted every retry. */
const PASSING_STATES: readonly string[] = ['25006', '55P03', '40001', '40P01'];

const CONTENTION: readonly string[] = ['40001', '40P01'];
const FOREIGN_KEY = '23503';
/** A NUL or other character that no text in the database can hold. */
const UNTEXTUAL: readonly string[] = ['22021', '22P05'];

const SYSTEM_CODES: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];

/** What the driver says when time is up or the connection went away; it gives these no code. */
const DRIVER_TEXTS =
  /timeout|connection terminated|connection ended|not queryable|client was closed|pool after calling end/i;

/** A deadlock or a conflict of two transactions: trying again may help. */
export const isContention = (error: unknown): boolean => CONTENTION.includes(codeOf(error));

export const isForeignKeyViolation = (error: unknown): boolean => codeOf(error) === FOREIGN_KEY;

/** The server did not answer in time, or is gone: what it did is not known. */
export const isSilence = (error: Error): boolean =>
  codeOf(error) === '' && error.name !== 'FaceError' && DRIVER_TEXTS.test(error.message);

/** The domain's word for what the store threw. */
export function fromStoreError(error: unknown): FaceError {
  if (error instanceof FaceError) return error;
  const code = codeOf(error);
  if (UNTEXTUAL.includes(code)) return errors.invalidRequest('A text holds a character that cannot be kept.');
  if (isPassing(error, code)) return errors.unavailable('the database cannot be reached', error);
  return errors.internal('the database refused a statement', error);
}

function isPassing(error: unknown, code: string): boolean {
  if (SYSTEM_CODES.includes(code) || PASSING_STATES.includes(code)) return true;
  if (code.length === 5 && PASSING_CLASSES.includes(code.slice(0, 2))) return true;
  return error instanceof Error && isSilence(error);
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
