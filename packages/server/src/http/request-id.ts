import type { IncomingMessage } from 'node:http';
import type { Ids } from '../ports/ids.ts';

export const REQUEST_ID_HEADER = 'X-RequestID';

/** Visible ASCII only: the id is echoed in a header and written to the log. */
const ACCEPTABLE = /^[\x21-\x7e]{1,128}$/;

/** The caller's request id where it is fit to be echoed, else a new one. */
export const requestIdFrom =
  (ids: Ids) =>
  (request: Pick<IncomingMessage, 'headers'>): string => {
    const given = request.headers['x-requestid'];
    return typeof given === 'string' && ACCEPTABLE.test(given) ? given : ids.next();
  };
