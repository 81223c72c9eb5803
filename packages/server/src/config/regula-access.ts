import ipaddr from 'ipaddr.js';
import type { Config } from './schema.ts';

/** `open`: no credentials are asked for. */
export type RegulaAccess = 'open' | 'key';

/** As the operator says; by default the door is open while nobody but this machine can reach it. */
export const accessOf = ({ host, surfaces }: Config): RegulaAccess =>
  surfaces.regula.access ?? (isLoopback(host) ? 'open' : 'key');

/** A name other than localhost may lead anywhere. */
function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(address)) return address.toLowerCase() === 'localhost';
  return ipaddr.process(address).range() === 'loopback';
}
