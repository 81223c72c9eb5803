import type { IncomingMessage } from 'node:http';
import { errors } from '../../domain/errors.ts';
import { requestChecked } from '../../outbound/checked-request.ts';
import {
  type HostAddress,
  hasCredentials,
  hostAddressOf,
  namesInside,
  parseHttpUrl,
} from '../../outbound/host-address.ts';
import { type ListedHosts, listedHosts } from '../../outbound/listed-hosts.ts';
import { MACHINE_RESOLVERS, type Resolvers, reachableAddresses } from '../../outbound/resolve-host.ts';
import type { WebhookCall, WebhookOutcome, Webhooks } from '../../ports/webhooks.ts';
import { reasonOf } from './failure-reason.ts';

export interface WebhookOptions {
  /** Hosts separated by commas: see FACEGATE_CALLBACK_HOSTS. */
  readonly hosts: string;
  /** For name resolution, connection, request and answer together. @default 5000 */
  readonly timeoutMs?: number;
  /** @default the machine's */
  readonly resolvers?: Resolvers;
  /** Certificate authorities in PEM form. @default those that Node trusts */
  readonly authorities?: string;
}

const TIMEOUT_MS = 5000;
/** Of an answer: read so that its sender can end in order, and forgotten. */
const ANSWER_BYTES_MAX = 65_536;

/** The Webhooks port over the network. @throws TypeError that names the entry of `hosts` which is no host. */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const isListed = listedHosts(options.hosts);
  return {
    judge: (url) => void judged(url, isListed),
    send: async (call, signal) => {
      const timeUp = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
      try {
        const address = judged(call.url, isListed);
        const status = await post(address, call, { ...options, signal: AbortSignal.any([signal, timeUp]) });
        return outcomeOf(status);
      } catch (error) {
        return { outcome: 'failed', reason: timeUp.aborted ? 'no answer in time' : reasonOf(error) };
      }
    },
  };
}

/** @throws FaceError `invalid-request`. */
function judged(text: string, isListed: ListedHosts): HostAddress {
  const url = parseHttpUrl(text);
  if (url === undefined) throw errors.invalidRequest('The callback is not a valid https address.');
  if (hasCredentials(url)) throw errors.invalidRequest('The callback address contains credentials.');
  const address = hostAddressOf(url, isListed);
  if (url.protocol !== 'https:' && !address.isListed) {
    throw errors.invalidRequest('A callback is sent over https, or to a host in FACEGATE_CALLBACK_HOSTS.');
  }
  if (namesInside(address)) {
    throw errors.invalidRequest(
      'The callback leads into a private network: FACEGATE_CALLBACK_HOSTS allows it.',
    );
  }
  return address;
}

interface Posting extends Pick<WebhookOptions, 'resolvers' | 'authorities'> {
  readonly signal: AbortSignal;
}

/** @returns the status of the answer. */
async function post(
  address: HostAddress,
  { headers, body }: WebhookCall,
  { resolvers = MACHINE_RESOLVERS, authorities, signal }: Posting,
): Promise<number> {
  const addresses = await reachableAddresses(address, resolvers, signal);
  const all = { 'user-agent': 'facegate', ...headers };
  const request = { address, addresses, method: 'POST', headers: all, body, signal, authorities } as const;
  const response = await requestChecked(request);
  await passOver(response);
  return response.statusCode ?? 0;
}

/** However the body ends, its status was here before. */
async function passOver(response: IncomingMessage): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > ANSWER_BYTES_MAX) return;
    }
  } catch {
    return;
  } finally {
    response.destroy();
  }
}

const outcomeOf = (status: number): WebhookOutcome =>
  status >= 200 && status <= 299
    ? { outcome: 'delivered' }
    : { outcome: 'failed', reason: `answered ${status}` };
