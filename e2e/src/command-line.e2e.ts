import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FACEGATE = fileURLToPath(new URL('../../packages/cli/bin/facegate.mjs', import.meta.url));
const pictures = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);

function facegate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [FACEGATE, ...args], {
    cwd: pictures,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('match of a picture with itself exits 0, of two strangers 1, and standard error stays empty', () => {
  const same = facegate('match', 'sample6.jpg', 'sample6.jpg', '--json');
  expect([same.status, same.stderr]).toEqual([0, '']);
  expect(JSON.parse(same.stdout)).toMatchObject({ outcome: 'match' });
  const strangers = facegate('match', 'sample6.jpg', 'sample2.jpg', '--json');
  expect([strangers.status, strangers.stderr]).toEqual([1, '']);
  expect(JSON.parse(strangers.stdout)).toMatchObject({ outcome: 'non-match' });
});

test('detect finds the four of a group', () => {
  const found = facegate('detect', 'sample6.jpg', '--all', '--json');
  expect(found.status).toBe(0);
  expect(JSON.parse(found.stdout).faces).toHaveLength(4);
});

test('the packs installed are listed and sound', () => {
  expect(facegate('models', 'verify').status).toBe(0);
  expect(JSON.parse(facegate('models', 'list', '--json').stdout).length).toBeGreaterThan(0);
});
