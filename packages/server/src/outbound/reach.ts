import ipaddr from 'ipaddr.js';

/**
 * Where an IP address lies: `public` in the internet at large, `private` in this machine or its own networks.
 * `forbidden` is everything else: the link (where clouds keep their credentials service), multicast, reserved ranges,
 * and IPv6 forms that carry an IPv4 address inside.
 */
export type Reach = 'public' | 'private' | 'forbidden';

const PRIVATE_RANGES: readonly string[] = ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'];

/** All of IPv6 that IANA has given out as global unicast; among the rest are IPv4-compatible addresses, `::/96`. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** @param address  IPv4 or IPv6 as text, without brackets; any other text is `forbidden`. */
export function reachOf(address: string): Reach {
  if (!ipaddr.isValid(address)) return 'forbidden';
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (PRIVATE_RANGES.includes(range)) return 'private';
  if (range !== 'unicast') return 'forbidden';
  return parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_UNICAST) ? 'forbidden' : 'public';
}

/** Whether two texts mean one address. */
export const isSameAddress = (one: string, other: string): boolean =>
  ipaddr.isValid(one) &&
  ipaddr.isValid(other) &&
  ipaddr.parse(one).toNormalizedString() === ipaddr.parse(other).toNormalizedString();
