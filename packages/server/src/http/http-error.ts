/** Refusals that concern HTTP itself, before any vendor's or domain's word is spoken. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly statusCode: number;

  /** @param message  for the caller and the log; never a part of the body. */
  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** What Fastify's own refusals say to the caller. Its texts are not passed on: some quote the request. */
const FRAMEWORK_MESSAGES: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  404: 'There is nothing at this address.',
  408: 'The request did not arrive in time.',
  413: 'The body is larger than this server accepts.',
  415: 'The body must be sent as application/json.',
};

/** The refusal in an error that HTTP machinery raised; undefined for every other error. */
export function httpErrorOf(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error;
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const status = error.statusCode;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return new HttpError(status, FRAMEWORK_MESSAGES[status] ?? 'The request was refused.');
}
