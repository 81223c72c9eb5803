/** The vendor's texts by HTTP status; those of 405, 413 and 503, which it does not list, are ours. */
export const MESSAGES = {
  400: 'Bad Request: One or more parameters are invalid or missing',
  401: 'Unauthorized: Invalid signature key provided in the request',
  403: 'Forbidden: Service not allowed',
  404: 'Resource not found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Payload Too Large',
  429: 'Too Many Attempts',
  500: 'Internal Server Error',
  503: 'Server error',
  504: 'Server error',
} as const;

export type RefusalStatus = keyof typeof MESSAGES;

/** Of a link that was changed or is over. */
export const INVALID_SIGNATURE = 'Invalid signature';

/** Of an account whose uses are used up; a public client looks for the word "limit". */
export const LIMIT_REACHED = 'The limit of requests of this account is reached';
