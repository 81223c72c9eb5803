/** Ports of http and https: what a host is open to when the list names no port. */
export const USUAL_PORTS: readonly number[] = [80, 443];

/** Tells whether the operator has listed a host with this port. */
export type ListedHosts = (hostname: string, port: number) => boolean;

const ENTRY = /^(.+?)(?::(\d{1,5}))?$/;

/**
 * Reads the operator's list.
 *
 * @param text  hosts separated by commas, each a name, an IPv4 address or an IPv6 address in brackets; with a port,
 *   `pictures.example:9000`, that port alone is meant, without one 80 and 443.
 * @throws TypeError that names the entry which is no host.
 */
export function listedHosts(text: string): ListedHosts {
  const entries = text.split(',').flatMap((entry) => keysOf(entry.trim()));
  const listed = new Set(entries);
  return (hostname, port) => listed.has(keyOf(hostname, port));
}

/** The host's name as it is compared: without the dot of a fully qualified name, without brackets. */
export const plainHostname = (hostname: string): string =>
  hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');

function keysOf(entry: string): string[] {
  if (entry === '') return [];
  const [, host = '', port] = ENTRY.exec(entry) ?? [];
  if (!URL.canParse(`http://${host}`)) throw new TypeError(`"${entry}" is no host to fetch images from`);
  // The same reading that addresses get: 127.1 and 127.0.0.1 are one host.
  const hostname = plainHostname(new URL(`http://${host}`).hostname);
  const ports = port === undefined ? USUAL_PORTS : [Number(port)];
  return ports.map((open) => keyOf(hostname, open));
}

const keyOf = (hostname: string, port: number): string => `${hostname} ${port}`;
