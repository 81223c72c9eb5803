import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApp } from './app-under-test.contract.ts';
import { NOBODY, openPeopleApp } from './surfaces/regula/people-app.contract.ts';

const ROOT = process.env['FACEGATE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const FOLDER = join(ROOT, 'hostile/synthetic/bodies');
const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];

const headersOf = (file: string): Record<string, string> => {
  if (file.endsWith('.gz')) return { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  return { 'content-type': file.endsWith('.bin') ? 'multipart/form-data; boundary=x' : 'application/json' };
};

describe.skipIf(files.length === 0)('hostile bodies (FACEGATE_TEST_DATA or ../shared/data)', () => {
  const cases = files.flatMap((file) => ['/api/match', '/api/detect'].map((url) => [file, url] as const));

  it.each(cases)('%s to %s is a documented refusal', async (file, url) => {
    const payload = readFileSync(join(FOLDER, file));
    const { app } = openApp();
    const response = await app.inject({ method: 'POST', url, payload, headers: headersOf(file) });
    expect([200, 400, 413, 415]).toContain(response.statusCode);
    const { code } = response.json<{ code: number }>();
    expect([1, 2, 6, 202, 203, 224]).toContain(code);
  });

  const kept = ['/api/persons', '/api/groups', '/api/search', `/api/persons/${NOBODY}/images`];
  it.each(files.flatMap((file) => kept.map((url) => [file, url] as const)))(
    '%s to %s is an OperationLog of its status',
    async (file, url) => {
      const payload = readFileSync(join(FOLDER, file));
      const { app } = openPeopleApp();
      const response = await app.inject({ method: 'POST', url, payload, headers: headersOf(file) });
      expect([400, 404, 413, 415]).toContain(response.statusCode);
      expect(response.json()).toMatchObject({ statusCode: response.statusCode, type: expect.any(String) });
    },
  );

  it('sent as JSON whatever they are, and cut anywhere, never bring about a 500', async () => {
    const { app } = openApp();
    const headers = { 'content-type': 'application/json' };
    for (const file of files) {
      const whole = readFileSync(join(FOLDER, file));
      for (const share of [0.01, 0.5, 0.99, 1]) {
        const payload = whole.subarray(0, Math.ceil(whole.length * share));
        const response = await app.inject({ method: 'POST', url: '/api/detect', payload, headers });
        expect([file, share, response.statusCode < 500]).toEqual([file, share, true]);
      }
    }
  });
});
