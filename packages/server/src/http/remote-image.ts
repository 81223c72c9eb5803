import type { IncomingMessage } from 'node:http';
import { errors, FaceError } from '../domain/errors.ts';
import { requestChecked } from '../outbound/checked-request.ts';
import type { HostAddress } from '../outbound/host-address.ts';
import { listedHosts } from '../outbound/listed-hosts.ts';
import {
  MACHINE_RESOLVERS,
  type Resolvers,
  reachableAddresses,
  UnreachableHost,
} from '../outbound/resolve-host.ts';
import { judgeAddress, type RemoteImagePolicy } from './remote-image/image-address.ts';
import { readImage } from './remote-image/read-image.ts';

export interface RemoteImages {
  /**
   * Fetches an image from an address that a caller gave.
   *
   * No address of a private network is connected to unless the operator has listed its host, whatever the address,
   * the name servers and the redirects say.
   *
   * @returns bytes that own their memory. Whether they are an image is for the engine to say.
   * @throws FaceError `remote-image-refused` when the address is not allowed, by its text alone;
   *   `remote-image-unavailable`, always with the same public text, when nothing comes of it; `payload-too-large`;
   *   `overloaded` when too many are being fetched; `timeout` when `signal` fires or the caller's own time is up.
   */
  fetchImage(address: string, signal?: AbortSignal, limits?: FetchLimits): Promise<Uint8Array>;
}

/** A surface's own, in place of the settings. */
export interface FetchLimits {
  /** For name resolution, all redirects and the whole body together. */
  readonly timeoutMs: number;
  readonly bytesMax: number;
}

export interface RemoteImageOptions {
  readonly policy: RemoteImagePolicy['mode'];
  /** Hosts separated by commas: see FACEGATE_REMOTE_IMAGE_HOSTS. */
  readonly hosts: string;
  readonly bytesMax: number;
  /** For name resolution, all redirects and the whole body together. */
  readonly timeoutMs: number;
  /** @default the machine's */
  readonly resolvers?: Resolvers;
  /** Certificate authorities in PEM form. @default those that Node trusts */
  readonly authorities?: string;
}

/** The same for every host, and nothing else: no cookie, no referrer, no content coding. */
const HEADERS = { 'user-agent': 'facegate', accept: 'image/*', 'accept-encoding': 'identity' };

const REDIRECTS_MAX = 3;
const REDIRECT_STATUSES: readonly (number | undefined)[] = [301, 302, 303, 307, 308];
/** At once. With the largest image they bound the memory that callers can fill with a few bytes of request. */
const FETCHES_MAX = 16;

/** The one door to addresses that callers give. */
export function createRemoteImages(options: RemoteImageOptions): RemoteImages {
  const policy = { mode: options.policy, isListed: listedHosts(options.hosts) };
  const resolvers = options.resolvers ?? MACHINE_RESOLVERS;
  let running = 0;
  return {
    async fetchImage(text, signal, limits) {
      const address = judgeAddress(text, policy);
      if (running >= FETCHES_MAX) throw errors.overloaded();
      const deadline = AbortSignal.timeout((limits ?? options).timeoutMs);
      const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
      running++;
      try {
        return await follow(address, { ...options, ...limits, policy, resolvers, signal: either });
      } catch (error) {
        throw worded(error, limits === undefined ? signal : either);
      } finally {
        running--;
      }
    },
  };
}

interface Fetching {
  readonly policy: RemoteImagePolicy;
  readonly resolvers: Resolvers;
  readonly bytesMax: number;
  readonly authorities?: string;
  readonly signal: AbortSignal;
}

async function follow(first: HostAddress, fetching: Fetching): Promise<Uint8Array> {
  const { policy, resolvers, bytesMax, authorities, signal } = fetching;
  let address = first;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    const addresses = await reachableAddresses(address, resolvers, signal);
    const response = await requestChecked({ address, addresses, headers: HEADERS, signal, authorities });
    try {
      const location = locationOf(response);
      if (location === undefined) return await readImage(response, bytesMax);
      address = judgeAddress(location, policy, address.url);
    } finally {
      response.destroy();
    }
  }
  throw errors.remoteImageUnavailable(`the host redirects more than ${REDIRECTS_MAX} times`);
}

const locationOf = ({ statusCode, headers }: IncomingMessage): string | undefined =>
  REDIRECT_STATUSES.includes(statusCode) ? headers.location : undefined;

function worded(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof FaceError) return error;
  if (error instanceof UnreachableHost) return errors.remoteImageUnavailable(error.message);
  if (signal?.aborted === true) return errors.timeout(error);
  return errors.remoteImageUnavailable('the image could not be fetched', error);
}
