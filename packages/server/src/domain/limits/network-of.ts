import ipaddr from 'ipaddr.js';

/** As much of an IPv6 address as one line of the provider has for itself: whoever has it can change the rest at will. */
const IPV6_PREFIX_BITS = 64;

/** For whatever is no address, such as a connection through a local socket: they are counted together. */
const NOWHERE = 'nowhere';

/**
 * The network that an address is counted as: an IPv4 address itself, of IPv6 the /64.
 *
 * @param address  as text; an IPv4 address may be written as IPv6.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return NOWHERE;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const prefix = parsed.toByteArray().fill(0, IPV6_PREFIX_BITS / 8);
  return `${ipaddr.fromByteArray(prefix)}/${IPV6_PREFIX_BITS}`;
}
