import type { AcquisitionFailure } from '../../domain/acquisition/acquire.ts';
import { type ErrorCode, FaceError, imageErrorCodeOf } from '../../domain/errors.ts';
import { httpErrorOf } from '../../http/http-error.ts';
import { FAILURE_REASONS, REGULA_FAILURES, retryAfterSecondsOf } from './errors.ts';
import { InvalidField } from './invalid-field.ts';
import { firstValidationFailure } from './validation-failure.ts';
import type { OperationLog } from './wire/answers.ts';
import { RESULT_CODES } from './wire/result-codes.ts';

interface WireError {
  readonly http: number;
  readonly type: string;
}

const BAD_PARAMETERS = { http: 400, type: 'BadParamsException' } as const satisfies WireError;
const TOO_MANY_REQUESTS = { http: 429, type: 'TooManyRequestsException' } as const satisfies WireError;
const UNAVAILABLE = { http: 503, type: 'ServiceUnavailableException' } as const satisfies WireError;

/** Every error as the operations on persons, groups and searches answer it: an `OperationLog`. */
export const OPERATION_ERRORS = {
  'invalid-request': BAD_PARAMETERS,
  'image-empty': BAD_PARAMETERS,
  'unsupported-media': BAD_PARAMETERS,
  'payload-too-large': BAD_PARAMETERS,
  'image-unreadable': BAD_PARAMETERS,
  'too-few-images': BAD_PARAMETERS,
  'too-many-images': BAD_PARAMETERS,
  'too-many-comparisons': BAD_PARAMETERS,
  'not-found': { http: 404, type: 'NotFoundException' },
  unauthenticated: { http: 401, type: 'UnauthorizedException' },
  forbidden: { http: 403, type: 'ForbiddenException' },
  'rate-limited': TOO_MANY_REQUESTS,
  'too-many-attempts': TOO_MANY_REQUESTS,
  'idempotency-conflict': { http: 422, type: 'IdempotencyConflictException' },
  'remote-image-refused': BAD_PARAMETERS,
  'remote-image-unavailable': BAD_PARAMETERS,
  'model-missing': UNAVAILABLE,
  'video-unsupported': BAD_PARAMETERS,
  overloaded: UNAVAILABLE,
  timeout: UNAVAILABLE,
  unavailable: UNAVAILABLE,
  internal: { http: 500, type: 'InternalServerErrorException' },
} as const satisfies Record<ErrorCode, WireError>;

/** Only 400 is the vendor's word. */
const HTTP_TYPES: Readonly<Record<number, string>> = {
  400: BAD_PARAMETERS.type,
  404: OPERATION_ERRORS['not-found'].type,
  408: 'RequestTimeoutException',
  413: 'PayloadTooLargeException',
  415: 'UnsupportedMediaTypeException',
};

export interface OperationRefusal {
  readonly log: OperationLog;
  readonly retryAfterSeconds?: number;
}

/** What to answer to whatever was thrown. */
export function operationRefusalOf(error: unknown): OperationRefusal {
  if (error instanceof FaceError) return refusalOfFaceError(error);
  if (error instanceof InvalidField) {
    return { log: logOf(BAD_PARAMETERS, error.message, { field: error.field }) };
  }
  const failure = firstValidationFailure(error);
  if (failure !== undefined) {
    return { log: logOf(BAD_PARAMETERS, failure.reason, { field: failure.field }) };
  }
  const http = httpErrorOf(error);
  if (http === undefined) return { log: logOf(OPERATION_ERRORS.internal, 'The server failed.') };
  const type = HTTP_TYPES[http.statusCode] ?? 'RequestRefusedException';
  return { log: logOf({ http: http.statusCode, type }, http.message) };
}

/** A picture that gave no face, where an answer without one has no place. */
export const logOfFailure = (failure: AcquisitionFailure): OperationLog =>
  logOf(BAD_PARAMETERS, FAILURE_REASONS[failure], pictureMetadata(failure));

function refusalOfFaceError(error: FaceError): OperationRefusal {
  const imageError = imageErrorCodeOf(error);
  const metadata = imageError === undefined ? {} : pictureMetadata(imageError);
  const retryAfterSeconds = retryAfterSecondsOf(error);
  return {
    log: logOf(OPERATION_ERRORS[error.code], error.publicMessage, metadata),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

/** The picture's fault in the codes of match and detect. */
function pictureMetadata(failure: AcquisitionFailure): OperationLog['metadata'] {
  const name = REGULA_FAILURES[failure];
  return { code: RESULT_CODES[name], name };
}

const logOf = (
  { http, type }: WireError,
  msg: string,
  metadata: OperationLog['metadata'] = {},
): OperationLog => ({ statusCode: http, type, msg, metadata });
