import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFacia } from './facia-app.contract.ts';

const ROOT = process.env['FACEGATE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data');
const FOLDER = join(ROOT, 'hostile/synthetic/bodies');
const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];

const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  undefined,
];

describe.skipIf(files.length === 0)('hostile bodies (FACEGATE_TEST_DATA or ../shared/data)', () => {
  it.each(files)('%s, called whatever and cut anywhere, is a documented refusal', async (file) => {
    const whole = readFileSync(join(FOLDER, file));
    const { as, cases } = openFacia();
    for (const type of TYPES) {
      for (const share of [0.5, 1]) {
        const ask = as({ 'client-secret': 'acme-secret', 'content-type': type });
        const { status, body } = await ask('liveness', whole.subarray(0, Math.ceil(whole.length * share)));
        expect([type, share, [400, 413].includes(status), body.status]).toEqual([type, share, true, false]);
      }
    }
    expect(cases.submissions).toEqual([]);
  });
});
