import { type ErrorCode, FaceError } from '../../domain/errors.ts';
import { type HttpError, httpErrorOf } from '../../http/http-error.ts';
import { FaciaRefusal } from './refusal.ts';
import type { ErrorAnswer, FieldErrors } from './wire/answers.ts';
import { MESSAGES, type RefusalStatus } from './wire/messages.ts';

/** Every error as the vendor's status, which has its text. */
const FACIA_ERRORS = {
  'invalid-request': 400,
  'image-empty': 400,
  'unsupported-media': 400,
  'payload-too-large': 413,
  'image-unreadable': 400,
  'too-few-images': 400,
  'too-many-images': 400,
  'too-many-comparisons': 400,
  'not-found': 404,
  unauthenticated: 401,
  forbidden: 403,
  'rate-limited': 429,
  'too-many-attempts': 429,
  'idempotency-conflict': 400,
  'remote-image-refused': 400,
  'remote-image-unavailable': 400,
  'model-missing': 503,
  'video-unsupported': 503,
  overloaded: 503,
  timeout: 504,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, RefusalStatus>;

export interface Refusal {
  readonly http: number;
  readonly body: ErrorAnswer;
  readonly retryAfterSeconds?: number;
}

/** What to answer to whatever was thrown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof FaceError) return refusalOfFaceError(error);
  if (error instanceof FaciaRefusal) return worded(error.statusCode, error.message, error.errors);
  const http = httpErrorOf(error);
  return http === undefined ? worded(500, MESSAGES[500]) : refusalOfHttpError(http);
}

/** Told to wait this long when the server is full. */
const RETRY_AFTER_SECONDS = 1;

function refusalOfFaceError({ code, retryAfterSeconds }: FaceError): Refusal {
  const status = FACIA_ERRORS[code];
  const retry = retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  return { ...worded(status, MESSAGES[status]), ...(retry !== undefined && { retryAfterSeconds: retry }) };
}

/** The vendor has no status for a body of an unknown type. */
function refusalOfHttpError({ statusCode, message }: HttpError): Refusal {
  if (statusCode === 408 || statusCode === 413) return worded(statusCode, MESSAGES[statusCode]);
  return worded(400, MESSAGES[400], { body: [message] });
}

const worded = (http: number, message: string, errors?: FieldErrors): Refusal => ({
  http,
  body: { status: false, message, ...(errors && { errors }) },
});
