import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type HostAddress, mayConnect } from './host-address.ts';
import { reachOf } from './reach.ts';

/** The IP addresses of a name; none when it has none. */
export type ResolveName = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface Resolvers {
  /** For names that callers think up. */
  readonly anyName: ResolveName;
  /** For names that the operator has listed. */
  readonly listedName: ResolveName;
}

/** The text is for the log: told to callers it would say what names exist inside. */
export class UnreachableHost extends Error {
  override readonly name = 'UnreachableHost';
}

/** A name server that stays silent is asked again after one second, and given up after two more. */
const FIRST_TIMEOUT_MS = 1000;
const TRIES = 2;

/**
 * Asks the machine's name servers, without its search domains and its own list of hosts: what a caller thinks up is
 * taken as a name of the internet. Unlike the system's resolver it holds no thread while it waits.
 *
 * @param servers  instead of the machine's, `address:port`.
 */
export function askNameServers(servers?: readonly string[]): ResolveName {
  return async (hostname, signal) => {
    const resolver = new Resolver({ timeout: FIRST_TIMEOUT_MS, tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    signal.removeEventListener('abort', cancel);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };
}

/** Asks the way every program on this machine does. */
export const askSystem: ResolveName = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** Those of this machine. */
export const MACHINE_RESOLVERS: Resolvers = { anyName: askNameServers(), listedName: askSystem };

/**
 * Every IP address behind an address, resolved once; all of them may be connected to, or none is given.
 *
 * @throws UnreachableHost for a name that leads into a private network, and for one that does not exist.
 */
export async function reachableAddresses(
  address: HostAddress,
  resolvers: Resolvers,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { hostname, isListed } = address;
  if (isIP(hostname) !== 0) return [hostname];
  const resolve = isListed ? resolvers.listedName : resolvers.anyName;
  const addresses = await orAbort(resolve(hostname, signal), signal);
  if (addresses.length === 0) throw new UnreachableHost('the host has no IP address');
  const offender = addresses.find((found) => !mayConnect(address, reachOf(found)));
  if (offender !== undefined) {
    throw new UnreachableHost(`the host leads to ${offender}, which is ${reachOf(offender)}`);
  }
  return addresses;
}

/** The work's result, unless the signal fires first; what the work still comes to is then of no interest. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const done = () => signal.removeEventListener('abort', abort);
    work.finally(done).then(resolve, reject);
  });
}
