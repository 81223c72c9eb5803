import type { AcquisitionFailure } from '../../domain/acquisition/acquire.ts';
import { type ErrorCode, FaceError } from '../../domain/errors.ts';
import { ENCODED_TEXT_KEYWORD } from '../../http/encoded-text.ts';
import { httpErrorOf } from '../../http/http-error.ts';
import { firstValidationFailure, type ValidationFailure } from './validation-failure.ts';
import type { ResultName } from './wire/result-codes.ts';

interface WireError {
  readonly http: number;
  readonly name: ResultName;
}

/**
 * Every error in the vendor's words. What concerns the request's content is answered 200 with a code ("app validation
 * returns 200; always check `code`", the vendor's 3.0 changelog); what concerns HTTP or the machine is not.
 */
export const REGULA_ERRORS = {
  'invalid-request': { http: 200, name: 'FACER_COMMAND_IS_NOT_SUPPORTED' },
  'image-empty': { http: 200, name: 'FR_IMAGE_EMPTY' },
  'unsupported-media': { http: 200, name: 'FR_IMAGE_EMPTY' },
  'payload-too-large': { http: 200, name: 'FR_IMAGE_DECODE_ERROR' },
  'image-unreadable': { http: 200, name: 'FR_IMAGE_DECODE_ERROR' },
  'too-few-images': { http: 200, name: 'FACER_LESS_THAN_TWO_IMAGES_IN_REQUEST' },
  'too-many-images': { http: 200, name: 'FACER_IMAGES_COUNT_LIMIT_EXCEEDED' },
  'too-many-comparisons': { http: 200, name: 'FACER_COMMAND_IS_NOT_SUPPORTED' },
  'not-found': { http: 200, name: 'FACER_COMMAND_IS_NOT_SUPPORTED' },
  unauthenticated: { http: 401, name: 'FACER_COMMAND_IS_NOT_SUPPORTED' },
  forbidden: { http: 403, name: 'FACER_COMMAND_IS_NOT_SUPPORTED' },
  'rate-limited': { http: 429, name: 'FACER_GENERAL_ERROR' },
  'too-many-attempts': { http: 429, name: 'FACER_GENERAL_ERROR' },
  'idempotency-conflict': { http: 422, name: 'FACER_COMMAND_IS_NOT_SUPPORTED' },
  'remote-image-refused': { http: 200, name: 'FR_IMAGE_EMPTY' },
  'remote-image-unavailable': { http: 200, name: 'FR_IMAGE_EMPTY' },
  'model-missing': { http: 503, name: 'FACER_IS_NOT_INITIALIZED' },
  'video-unsupported': { http: 200, name: 'FACER_COMMAND_IS_NOT_SUPPORTED' },
  overloaded: { http: 503, name: 'FACER_GENERAL_ERROR' },
  timeout: { http: 503, name: 'FACER_GENERAL_ERROR' },
  unavailable: { http: 503, name: 'FACER_GENERAL_ERROR' },
  internal: { http: 500, name: 'FR_INTERNAL_ERROR' },
} as const satisfies Record<ErrorCode, WireError>;

/** Why one picture gave no face, in the vendor's words: that picture's `status`. */
export const REGULA_FAILURES = {
  'no-face': 'FR_FACE_NOT_DETECTED',
  'image-empty': REGULA_ERRORS['image-empty'].name,
  'unsupported-media': REGULA_ERRORS['unsupported-media'].name,
  'payload-too-large': REGULA_ERRORS['payload-too-large'].name,
  'image-unreadable': REGULA_ERRORS['image-unreadable'].name,
} as const satisfies Record<AcquisitionFailure, ResultName>;

/** The same for people. */
export const FAILURE_REASONS = {
  'no-face': 'No face was found.',
  'image-empty': 'The image is empty.',
  'unsupported-media': 'The image is of no accepted format.',
  'payload-too-large': 'The image is larger than this server accepts.',
  'image-unreadable': 'The image is broken, cut short, or not valid base64.',
} as const satisfies Record<AcquisitionFailure, string>;

/** Told to wait this long when the server is full; a photo takes well below a second. */
const RETRY_AFTER_SECONDS = 1;

/** When it is worth trying again, if the error has anything to do with time. */
export const retryAfterSecondsOf = ({ kind, retryAfterSeconds }: FaceError): number | undefined =>
  retryAfterSeconds ?? (kind === 'availability' ? RETRY_AFTER_SECONDS : undefined);

export interface Refusal extends WireError {
  /** In English, for the caller. */
  readonly reason: string;
  readonly retryAfterSeconds?: number;
}

/** What to answer to whatever was thrown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof FaceError) {
    const wire = REGULA_ERRORS[error.code];
    const retryAfterSeconds = retryAfterSecondsOf(error);
    const retry = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
    return { ...wire, reason: error.publicMessage, ...retry };
  }
  const validation = firstValidationFailure(error);
  if (validation !== undefined) return { http: 200, name: nameOf(validation), reason: validation.reason };
  const http = httpErrorOf(error);
  if (http !== undefined) {
    return { http: http.statusCode, name: 'FACER_COMMAND_PARAMS_READ_ERROR', reason: http.message };
  }
  return { ...REGULA_ERRORS.internal, reason: 'The server failed.' };
}

/** A field that is absent or of another type could not be read (203); one out of its range is wrong (202). */
const nameOf = ({ keyword }: ValidationFailure): ResultName =>
  UNREADABLE.has(keyword) ? 'FACER_COMMAND_PARAMS_READ_ERROR' : 'FACER_COMMAND_IS_NOT_SUPPORTED';

const UNREADABLE = new Set(['required', 'type', ENCODED_TEXT_KEYWORD.keyword]);
