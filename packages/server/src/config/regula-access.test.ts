import { expect, it } from 'vitest';
import { loadConfig } from './load.ts';
import { accessOf } from './regula-access.ts';

const access = (host: string, said?: string) =>
  accessOf(loadConfig({ FACEGATE_HOST: host, ...(said && { FACEGATE_REGULA_ACCESS: said }) }));

it('is open by default', () => expect(accessOf(loadConfig({}))).toBe('open'));

it.each([
  '127.0.0.1',
  '127.8.8.8',
  '::1',
  '[::1]',
  'localhost',
  'LOCALHOST',
  '::ffff:127.0.0.1',
  '0:0:0:0:0:0:0:1',
])('is open on %s, which this machine alone reaches', (host) => expect(access(host)).toBe('open'));

it.each([
  '0.0.0.0',
  '::',
  '192.168.1.4',
  '10.0.0.1',
  '169.254.1.1',
  'fe80::1',
  '203.0.113.7',
  'example.org',
  'localhost.example.org',
])('asks for a key on %s', (host) => expect(access(host)).toBe('key'));

it('is what the operator says, wherever it listens', () => {
  expect(access('0.0.0.0', 'open')).toBe('open');
  expect(access('127.0.0.1', 'key')).toBe('key');
  expect(() => access('127.0.0.1', 'closed')).toThrow('FACEGATE_REGULA_ACCESS');
});
