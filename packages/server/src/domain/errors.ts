/** Who can mend it: the caller (`request`), time (`availability`), the operator (`capability`), or us (`bug`). */
export type ErrorKind = 'request' | 'capability' | 'availability' | 'bug';

/**
 * Everything that can go wrong, without a word about HTTP. What an answer says about a *face* ("no face", "no
 * match") is an outcome and is returned, never thrown.
 */
export const ERROR_CODES = {
  'invalid-request': 'request',
  'image-empty': 'request',
  'unsupported-media': 'request',
  'payload-too-large': 'request',
  'image-unreadable': 'request',
  'too-few-images': 'request',
  'too-many-images': 'request',
  'too-many-comparisons': 'request',
  'not-found': 'request',
  unauthenticated: 'request',
  forbidden: 'request',
  'rate-limited': 'request',
  'too-many-attempts': 'request',
  'idempotency-conflict': 'request',
  'remote-image-refused': 'request',
  'remote-image-unavailable': 'request',
  'model-missing': 'capability',
  'video-unsupported': 'capability',
  overloaded: 'availability',
  timeout: 'availability',
  unavailable: 'availability',
  internal: 'bug',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Errors that one picture among several can cause: the others are still answered. */
const IMAGE_ERROR_CODES = [
  'image-empty',
  'unsupported-media',
  'payload-too-large',
  'image-unreadable',
] as const satisfies readonly ErrorCode[];

export type ImageErrorCode = (typeof IMAGE_ERROR_CODES)[number];

export interface FaceErrorOptions extends ErrorOptions {
  /** For the caller. Never a path, a model name or a template. */
  readonly public: string;
  /** For the log. Never image bytes. @default the public text */
  readonly internal?: string;
  /** When it is worth trying again. */
  readonly retryAfterSeconds?: number;
}

/** The one error class of the domain. `message` is for the log, `publicMessage` for the caller. */
export class FaceError extends Error {
  override readonly name = 'FaceError';
  readonly code: ErrorCode;
  readonly publicMessage: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: FaceErrorOptions) {
    super(options.internal ?? options.public, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.publicMessage = options.public;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get kind(): ErrorKind {
    return ERROR_CODES[this.code];
  }
}

/** The picture's own fault, if that is what `error` says; anything else concerns the whole request. */
export function imageErrorCodeOf(error: unknown): ImageErrorCode | undefined {
  if (!(error instanceof FaceError)) return undefined;
  return IMAGE_ERROR_CODES.find((code) => code === error.code);
}

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** Factories, so that a throw reads like prose. */
export const errors = {
  invalidRequest: (reason: string) => new FaceError('invalid-request', { public: reason }),
  imageEmpty: () => new FaceError('image-empty', { public: 'The image is empty.' }),
  unsupportedMedia: (cause?: unknown) =>
    new FaceError('unsupported-media', { public: 'The image is of no accepted format.', cause }),
  payloadTooLarge: (cause?: unknown) =>
    new FaceError('payload-too-large', { public: 'The image is larger than this server accepts.', cause }),
  imageUnreadable: (reason: string, cause?: unknown) =>
    new FaceError('image-unreadable', { public: reason, cause }),
  tooFewImages: () =>
    new FaceError('too-few-images', { public: 'A comparison needs at least two images to take faces from.' }),
  tooManyImages: (limit: number) =>
    new FaceError('too-many-images', {
      public: `At most ${plural(limit, 'image')} of one type may be sent.`,
    }),
  tooManyComparisons: (limit: number) =>
    new FaceError('too-many-comparisons', {
      public: `The faces in these images make more than ${plural(limit, 'comparison')}.`,
    }),
  unauthenticated: () => new FaceError('unauthenticated', { public: 'Valid credentials are needed.' }),
  forbidden: () => new FaceError('forbidden', { public: 'These credentials do not allow this.' }),
  rateLimited: (retryAfterSeconds: number) =>
    new FaceError('rate-limited', { public: 'Too many requests. Try again later.', retryAfterSeconds }),
  tooManyAttempts: (retryAfterSeconds: number) =>
    new FaceError('too-many-attempts', {
      public: 'Too many failed attempts for this person. Try again later.',
      retryAfterSeconds,
    }),
  notFound: (what: string) => new FaceError('not-found', { public: `There is no such ${what}.` }),
  idempotencyConflict: () =>
    new FaceError('idempotency-conflict', {
      public: 'This idempotency key was used for another request.',
    }),
  remoteImageRefused: (reason: string) => new FaceError('remote-image-refused', { public: reason }),
  remoteImageUnavailable: (internal: string, cause?: unknown) =>
    new FaceError('remote-image-unavailable', {
      public: 'The image could not be fetched from its address.',
      internal,
      cause,
    }),
  modelMissing: (cause?: unknown) =>
    new FaceError('model-missing', {
      public: 'The server is not ready: a model is missing.',
      internal: 'a model pack is missing or damaged',
      cause,
    }),
  videoUnsupported: (cause?: unknown) =>
    new FaceError('video-unsupported', { public: 'This server cannot read videos of this kind.', cause }),
  overloaded: (cause?: unknown) =>
    new FaceError('overloaded', { public: 'The server is at its limit. Try again shortly.', cause }),
  timeout: (cause?: unknown) =>
    new FaceError('timeout', { public: 'The request could not be answered in time.', cause }),
  unavailable: (internal: string, cause?: unknown) =>
    new FaceError('unavailable', {
      public: 'The server cannot reach its store. Try again shortly.',
      internal,
      cause,
    }),
  internal: (internal: string, cause?: unknown) =>
    new FaceError('internal', { public: 'The server failed.', internal, cause }),
} as const;
