import { errors } from '../../domain/errors.ts';
import {
  type HostAddress,
  hasCredentials,
  hostAddressOf,
  namesInside,
  parseHttpUrl,
} from '../../outbound/host-address.ts';
import { type ListedHosts, USUAL_PORTS } from '../../outbound/listed-hosts.ts';

export interface RemoteImagePolicy {
  /** `public`: any public host, and the listed ones; `allow-list`: the listed ones; `off`: none. */
  readonly mode: 'off' | 'public' | 'allow-list';
  readonly isListed: ListedHosts;
}

/**
 * Judges an address by its text alone, so that the answer tells nothing about any network.
 *
 * @param base  the address that redirected here.
 * @throws FaceError `remote-image-refused`.
 */
export function judgeAddress(text: string, policy: RemoteImagePolicy, base?: URL): HostAddress {
  if (policy.mode === 'off') throw errors.remoteImageRefused('This server fetches no images by address.');
  const url = parseUrl(text, base);
  if (base?.protocol === 'https:' && url.protocol !== 'https:') {
    throw errors.remoteImageRefused('The image address leads from https to http.');
  }
  const address = hostAddressOf(url, policy.isListed);
  if (!isAllowed(address, policy)) {
    throw errors.remoteImageRefused('This server does not fetch images from that host.');
  }
  return address;
}

function parseUrl(text: string, base?: URL): URL {
  const url = parseHttpUrl(text, base);
  if (url === undefined) {
    throw errors.remoteImageRefused('The image address is not a valid http or https address.');
  }
  if (hasCredentials(url)) throw errors.remoteImageRefused('The image address contains credentials.');
  return url;
}

function isAllowed(address: HostAddress, { mode }: RemoteImagePolicy): boolean {
  if (namesInside(address)) return false;
  return address.isListed || (mode === 'public' && USUAL_PORTS.includes(address.port));
}
