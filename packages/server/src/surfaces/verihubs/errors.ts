import type { AcquisitionFailure } from '../../domain/acquisition/acquire.ts';
import { type ErrorCode, FaceError } from '../../domain/errors.ts';
import { type HttpError, httpErrorOf } from '../../http/http-error.ts';
import { CodedRefusal, payloadRefusal } from './coded-refusal.ts';
import type { ErrorAnswer } from './wire/answers.ts';
import { OTHER_CODES, type OtherCode, PAYLOAD_CODES, type PayloadCode } from './wire/codes.ts';

/** `http` where it is not that of the code. */
type WireError =
  | { readonly code: PayloadCode }
  | { readonly code: OtherCode; readonly http?: number }
  | { readonly code: undefined };

/** The vendor has one code for what the server cannot help; the status says that it is worth trying again. */
const UNAVAILABLE = { code: 'INTERNAL_SERVER_ERROR', http: 503 } as const;

/** Every error in the vendor's words. */
const VERIHUBS_ERRORS = {
  'invalid-request': { code: 'INVALID_PAYLOAD' },
  'image-empty': { code: 'INVALID_PAYLOAD_IMAGE_MISSING' },
  'unsupported-media': { code: 'INVALID_PAYLOAD_IMAGE_FORMAT' },
  'payload-too-large': { code: 'INVALID_PAYLOAD_IMAGE_SIZE' },
  'image-unreadable': { code: 'INVALID_PAYLOAD_IMAGE_FORMAT' },
  'too-few-images': { code: 'INVALID_PAYLOAD' },
  'too-many-images': { code: 'INVALID_PAYLOAD' },
  'too-many-comparisons': { code: 'INVALID_PAYLOAD' },
  'not-found': { code: 'INVALID_PAYLOAD_SUBJECT_ID' },
  unauthenticated: { code: undefined },
  forbidden: { code: 'FORBIDDEN' },
  'rate-limited': { code: 'TOO_MANY_REQUESTS' },
  'too-many-attempts': { code: 'TOO_MANY_REQUESTS' },
  'idempotency-conflict': { code: 'INVALID_PAYLOAD' },
  'remote-image-refused': { code: 'INVALID_PAYLOAD_IMAGE_FORMAT' },
  'remote-image-unavailable': { code: 'INVALID_PAYLOAD_IMAGE_FORMAT' },
  'model-missing': UNAVAILABLE,
  'video-unsupported': UNAVAILABLE,
  overloaded: UNAVAILABLE,
  timeout: UNAVAILABLE,
  unavailable: UNAVAILABLE,
  internal: { code: 'INTERNAL_SERVER_ERROR' },
} as const satisfies Record<ErrorCode, WireError>;

/** Why a picture gave no face. */
const FAILURE_CODES = {
  'no-face': 'FACE_NOT_DETECTED',
  'image-empty': VERIHUBS_ERRORS['image-empty'].code,
  'unsupported-media': VERIHUBS_ERRORS['unsupported-media'].code,
  'payload-too-large': VERIHUBS_ERRORS['payload-too-large'].code,
  'image-unreadable': VERIHUBS_ERRORS['image-unreadable'].code,
} as const satisfies Record<AcquisitionFailure, PayloadCode>;

export interface Refusal {
  readonly http: number;
  readonly body: ErrorAnswer;
  readonly retryAfterSeconds?: number;
}

/** What to answer to whatever was thrown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof FaceError) return refusalOfFaceError(error);
  if (error instanceof CodedRefusal) {
    return { http: error.statusCode, body: { message: error.message, error_code: error.code } };
  }
  const http = httpErrorOf(error);
  return http === undefined ? wordsOf(VERIHUBS_ERRORS.internal) : refusalOfHttpError(http);
}

/**
 * An outcome whose picture gave a face.
 *
 * @throws CodedRefusal for one that gave none.
 */
export function acquired<Outcome extends { readonly outcome: string }>(
  outcome: Outcome | FailedAcquisition,
): Exclude<Outcome, FailedAcquisition> {
  if (isFailure(outcome)) throw payloadRefusal(FAILURE_CODES[outcome.reason], fieldAt(outcome.position));
  return outcome as Exclude<Outcome, FailedAcquisition>;
}

interface FailedAcquisition {
  readonly outcome: 'failure-to-acquire';
  readonly reason: AcquisitionFailure;
  /** Of two pictures. */
  readonly position?: 0 | 1;
}

const fieldAt = (position: 0 | 1 | undefined) =>
  position === undefined ? 'image' : (['image_1', 'image_2'] as const)[position];

const isFailure = (outcome: { readonly outcome: string }): outcome is FailedAcquisition =>
  outcome.outcome === 'failure-to-acquire';

/** Told to wait this long when the server is full; a photo takes well below a second. */
const RETRY_AFTER_SECONDS = 1;

function refusalOfFaceError({ code, kind, retryAfterSeconds }: FaceError): Refusal {
  const isBusy = kind === 'availability' || kind === 'capability';
  const retry = retryAfterSeconds ?? (isBusy ? RETRY_AFTER_SECONDS : undefined);
  return { ...wordsOf(VERIHUBS_ERRORS[code]), ...(retry !== undefined && { retryAfterSeconds: retry }) };
}

function wordsOf(wire: WireError): Refusal {
  const { code } = wire;
  if (code === undefined) return { http: 401, body: { message: 'Unauthorized' } };
  if (isPayloadCode(code)) return { http: 400, body: { message: PAYLOAD_CODES[code], error_code: code } };
  const { http, message } = OTHER_CODES[code];
  return { http: ('http' in wire && wire.http) || http, body: { message, error_code: code } };
}

const isPayloadCode = (code: PayloadCode | OtherCode): code is PayloadCode => code in PAYLOAD_CODES;

/** Nothing but a picture makes a body too large; a body that is not JSON is a payload without values. */
function refusalOfHttpError({ statusCode, message }: HttpError): Refusal {
  if (statusCode === 413) return wordsOf(VERIHUBS_ERRORS['payload-too-large']);
  const http = statusCode === 408 ? 408 : 400;
  return { http, body: { message, error_code: 'INVALID_PAYLOAD' } };
}
