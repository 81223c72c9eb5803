import { connect } from 'node:net';

/** A request as it goes over the wire. */
export interface RawRequest {
  /** The request line and the headers, with the empty line. */
  readonly head: string;
  /** Each character a byte. */
  readonly body: string;
  /** Sends the body by itself; after `100 Continue` where the head asks for it. */
  readonly isSplit: boolean;
}

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

/**
 * Sends bytes as they are, where a client library would tidy them.
 *
 * @returns the body of the answer.
 * @throws when the server hangs up before it has answered.
 */
export async function sendBytes(url: string, { head, body, isSplit }: RawRequest): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
    .setNoDelay(true)
    .setEncoding('latin1');
  const isWaiting = isSplit && /^expect: 100-continue\r$/im.test(head);
  if (isSplit) socket.write(head, 'latin1');
  if (!isWaiting) socket.write(isSplit ? body : head + body, 'latin1');
  let received = '';
  for await (const chunk of socket) {
    received += chunk;
    if (isWaiting && received.startsWith(CONTINUE)) {
      received = received.slice(CONTINUE.length);
      socket.write(body, 'latin1');
    }
    const text = bodyOf(received);
    if (text !== undefined) return text;
  }
  throw new Error(`the server hung up after: ${received}`);
}

/** @returns undefined while something of it is missing. */
function bodyOf(received: string): string | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const length = Number(/^content-length: (\d+)/im.exec(received)?.[1]);
  const bytes = received.slice(end + 4);
  return bytes.length < length ? undefined : Buffer.from(bytes, 'latin1').toString('utf8');
}
