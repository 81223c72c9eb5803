import { expect, it } from 'vitest';
import { trustedProxies } from './trusted-proxies.ts';

it('reads addresses and ranges, of both families', () => {
  expect(trustedProxies('10.0.0.0/8, 192.0.2.7,fd00::/8 , ::1')).toEqual([
    '10.0.0.0/8',
    '192.0.2.7',
    'fd00::/8',
    '::1',
  ]);
});

it('trusts nobody when it is empty', () => {
  expect(trustedProxies('')).toBe(false);
});

it.each(['10.0.0.0/33', '0.0.0.0/0', '::/0', '10.1', '10.0.0.0/', ':::', 'fd00::/129', '1.2.3.4.5'])(
  'names %s as no network',
  (entry) => {
    expect(() => trustedProxies(`10.0.0.0/8,${entry}`)).toThrow(`"${entry}" is no network`);
  },
);
