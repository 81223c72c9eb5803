import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIPv6, type LookupFunction, type Socket } from 'node:net';
import type { HostAddress } from './host-address.ts';
import { isSameAddress } from './reach.ts';

export interface CheckedRequest {
  readonly address: HostAddress;
  /** The checked ones: no other is connected to. */
  readonly addresses: readonly string[];
  /** @default GET */
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
  /** Certificate authorities in PEM form. @default those that Node trusts */
  readonly authorities?: string | undefined;
}

/**
 * Sends a request over a connection of its own to one of the checked addresses. Follows no redirect, unpacks
 * nothing, keeps nothing open.
 *
 * @returns the answer as soon as its head is here; the caller destroys it.
 * @throws whatever the network says.
 */
export async function requestChecked(checked: CheckedRequest): Promise<IncomingMessage> {
  const { address, addresses, method = 'GET', headers, body, signal, authorities } = checked;
  const options: RequestOptions = {
    method,
    hostname: address.hostname,
    port: address.port,
    path: address.url.pathname + address.url.search,
    headers,
    agent: false,
    lookup: lookupAmong(addresses),
    signal,
  };
  const request =
    address.url.protocol === 'https:'
      ? httpsRequest({ ...options, rejectUnauthorized: true, ...(authorities && { ca: authorities }) })
      : httpRequest(options);
  request.once('socket', (socket) => refuseOtherPeers(socket, addresses));
  request.end(body);
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    // Some ends make no error, such as a change of protocol that nobody asked for.
    request.once('close', () => reject(new Error('the connection ended without an answer')));
  });
}

/**
 * In place of name resolution: the name was resolved when it was checked, and may mean something else by now.
 *
 * Answers later, as a resolver does: an address that the system refuses at once would else be an error on a socket
 * that nobody listens to yet, and end the process.
 */
function lookupAmong(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, { all }, callback) => {
    const [first] = known;
    setImmediate(() => {
      if (all === true || first === undefined) callback(null, known);
      else callback(null, first.address, first.family);
    });
  };
}

/** Ends a connection that leads elsewhere before a byte is sent over it. */
export function refuseOtherPeers(socket: Socket, addresses: readonly string[]): void {
  socket.once('connect', () => {
    const peer = socket.remoteAddress ?? '';
    if (addresses.some((address) => isSameAddress(address, peer))) return;
    socket.destroy(new Error(`connected to ${peer}, which was not checked`));
  });
}
