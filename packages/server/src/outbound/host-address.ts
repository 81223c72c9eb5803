import { isIP } from 'node:net';
import { type ListedHosts, plainHostname } from './listed-hosts.ts';
import { type Reach, reachOf } from './reach.ts';

/** Where an http or https URL leads, as far as its text tells. */
export interface HostAddress {
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

/** @returns undefined for what is no http or https URL, or not to all parsers the same one. */
export function parseHttpUrl(text: string, base?: URL): URL | undefined {
  if (text.length > LENGTH_MAX || AMBIGUOUS.test(text) || !URL.canParse(text, base?.href)) return undefined;
  const url = new URL(text, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

export const hasCredentials = ({ username, password }: URL): boolean => username !== '' || password !== '';

export function hostAddressOf(url: URL, isListed: ListedHosts): HostAddress {
  const hostname = plainHostname(url.hostname);
  const port = url.port === '' ? usualPort(url) : Number(url.port);
  return { url, hostname, port, isListed: isListed(hostname, port) };
}

const usualPort = ({ protocol }: URL): number => (protocol === 'https:' ? 443 : 80);

/** Whether an IP address may be connected to for the sake of this address. */
export const mayConnect = ({ isListed }: Pick<HostAddress, 'isListed'>, reach: Reach): boolean =>
  reach === 'public' || (isListed && reach === 'private');

/** Whether the text itself leads into a private network; where a name leads is seen when it is resolved. */
export function namesInside(address: HostAddress): boolean {
  const { hostname, isListed } = address;
  if (isIP(hostname) !== 0) return !mayConnect(address, reachOf(hostname));
  return !isListed && isOwnName(hostname);
}

/** RFC 6761, section 6.3: these names mean this machine, whatever a name server says. */
const isOwnName = (hostname: string): boolean => hostname === 'localhost' || hostname.endsWith('.localhost');
