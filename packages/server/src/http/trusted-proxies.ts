import ipaddr from 'ipaddr.js';

/**
 * Reads the operator's list of proxies that are believed about where a request came from.
 *
 * @param text  IP addresses and CIDR ranges, separated by commas.
 * @returns false for none: then `request.ip` is the connection's address, whatever headers say.
 * @throws TypeError that names the entry which is no network; one that is all of the internet is none.
 */
export function trustedProxies(text: string): string[] | false {
  const entries = text.split(',').map((entry) => entry.trim());
  const networks = entries.filter((entry) => entry !== '');
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new TypeError(`"${wrong}" is no network of proxies`);
  return networks.length > 0 && networks;
}

function isNetwork(text: string): boolean {
  if (!text.includes('/')) return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  if (!ipaddr.isValidCIDR(text)) return false;
  const [, bits] = ipaddr.parseCIDR(text);
  return bits > 0;
}
