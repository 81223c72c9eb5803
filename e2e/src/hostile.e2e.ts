import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupPicture } from './photographs.ts';
import { detect } from './regula-calls.ts';
import { type RunningServer, startServer } from './server-process.ts';

const CLONE_ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(process.env['FACEGATE_TEST_DATA'] ?? resolve(CLONE_ROOT, '../shared/data'), 'hostile');
const isThere = existsSync(folder);
const TITLE = isThere ? 'hostile pictures' : `hostile pictures (skipped: there is no folder ${folder})`;
const ANSWER_WITHIN_MS = 5_000;

function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

describe.skipIf(!isThere)(TITLE, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server.stop();
  });

  test('every file is answered, in time, without a server error, and the server lives on', {
    timeout: 900_000,
  }, async () => {
    const files = filesUnder(folder).filter((file) => statSync(file).size <= 30 * 1024 * 1024);
    expect(files.length).toBeGreaterThan(100);
    const wrong: string[] = [];
    for (const file of files) {
      const { status, body, elapsedMs } = await detect(server, readFileSync(file));
      const isFine = status < 500 && elapsedMs < ANSWER_WITHIN_MS && Number.isInteger(body.code);
      if (!isFine) wrong.push(`${relative(folder, file)}: HTTP ${status} after ${Math.round(elapsedMs)} ms`);
    }
    expect(wrong).toEqual([]);
    const { body } = await detect(server, groupPicture(6));
    expect(body.results?.detections).toHaveLength(4);
  });
});
