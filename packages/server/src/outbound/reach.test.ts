import { describe, expect, it } from 'vitest';
import { isSameAddress, reachOf } from './reach.ts';

describe('reachOf', () => {
  it.each(['8.8.8.8', '93.184.216.34', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::5'])(
    'lets %s be public',
    (address) => expect(reachOf(address)).toBe('public'),
  );

  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
  ])('calls %s private', (address) => expect(reachOf(address)).toBe('private'));
  it.each(['fc00::1', 'fd00::7', 'FD12:3456::1'])('calls the unique local %s private', (address) =>
    expect(reachOf(address)).toBe('private'),
  );

  it.each([
    ['this network', '0.0.0.0'],
    ['this network, another', '0.1.2.3'],
    ['the credentials service of clouds', '169.254.169.254'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['benchmarking', '198.18.0.1'],
    ['protocol assignments', '192.0.0.8'],
    ['a 6to4 relay', '192.88.99.1'],
    ['unspecified', '::'],
    ['IPv4-compatible', '::7f00:1'],
    ['IPv4-mapped, loopback', '::ffff:7f00:1'],
    ['IPv4-mapped, public', '::ffff:808:808'],
    ['IPv4-translated', '::ffff:0:7f00:1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast of IPv6', 'ff02::1'],
    ['discarded', '100::1'],
    ['documentation of IPv6', '2001:db8::1'],
    ['given to nobody', '4000::1'],
    ['no address', 'example.com'],
    ['nothing', ''],
  ])('forbids %s, %s', (_name, address) => expect(reachOf(address)).toBe('forbidden'));
});

it('knows an address in another spelling', () => {
  expect(isSameAddress('FD00:0:0::7', 'fd00::7')).toBe(true);
  expect(isSameAddress('fd00::7', 'fd00::8')).toBe(false);
  expect(isSameAddress('', '')).toBe(false);
});
