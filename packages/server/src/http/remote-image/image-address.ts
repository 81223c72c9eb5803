import { isIP } from 'node:net';
import { errors } from '../../domain/errors.ts';
import { type ListedHosts, plainHostname, USUAL_PORTS } from './listed-hosts.ts';
import { type Reach, reachOf } from './reach.ts';

export interface RemoteImagePolicy {
  /** `public`: any public host, and the listed ones; `allow-list`: the listed ones; `off`: none. */
  readonly mode: 'off' | 'public' | 'allow-list';
  readonly isListed: ListedHosts;
}

/** An address that may be asked for, as far as its text tells. */
export interface ImageAddress {
  readonly url: URL;
  /** A name, or an IP address without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** Listed hosts may lie in private networks. */
  readonly isListed: boolean;
}

const LENGTH_MAX = 2048;
/** What URL parsers skip or mend, each in its own way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const AMBIGUOUS = /[\u0000-\u0020\u007f\\]/;

/**
 * Judges an address by its text alone, so that the answer tells nothing about any network.
 *
 * @param base  the address that redirected here.
 * @throws FaceError `remote-image-refused`.
 */
export function judgeAddress(text: string, policy: RemoteImagePolicy, base?: URL): ImageAddress {
  if (policy.mode === 'off') throw errors.remoteImageRefused('This server fetches no images by address.');
  const url = parseUrl(text, base);
  if (base?.protocol === 'https:' && url.protocol !== 'https:') {
    throw errors.remoteImageRefused('The image address leads from https to http.');
  }
  const hostname = plainHostname(url.hostname);
  const port = url.port === '' ? usualPort(url) : Number(url.port);
  const isListed = policy.isListed(hostname, port);
  const address = { url, hostname, port, isListed };
  if (!isAllowed(address, policy)) {
    throw errors.remoteImageRefused('This server does not fetch images from that host.');
  }
  return address;
}

/** Whether an IP address may be connected to for the sake of this image address. */
export const mayConnect = ({ isListed }: Pick<ImageAddress, 'isListed'>, reach: Reach): boolean =>
  reach === 'public' || (isListed && reach === 'private');

function parseUrl(text: string, base?: URL): URL {
  const invalid = errors.remoteImageRefused('The image address is not a valid http or https address.');
  if (text.length > LENGTH_MAX || AMBIGUOUS.test(text) || !URL.canParse(text, base?.href)) throw invalid;
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw invalid;
  if (url.username !== '' || url.password !== '') {
    throw errors.remoteImageRefused('The image address contains credentials.');
  }
  return url;
}

const usualPort = ({ protocol }: URL): number => (protocol === 'https:' ? 443 : 80);

function isAllowed(address: ImageAddress, { mode }: RemoteImagePolicy): boolean {
  const { hostname, port, isListed } = address;
  if (isIP(hostname) !== 0 && !mayConnect(address, reachOf(hostname))) return false;
  if (isListed) return true;
  return mode === 'public' && USUAL_PORTS.includes(port) && !isOwnName(hostname);
}

/** RFC 6761, section 6.3: these names mean this machine, whatever a name server says. */
const isOwnName = (hostname: string): boolean => hostname === 'localhost' || hostname.endsWith('.localhost');
