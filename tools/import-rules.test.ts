import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trespasses } from './import-rules.data.ts';

/** A cruise takes two seconds on an idle machine and many on a busy one. */
const TIMEOUT_MS = 120_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

function cruise(folder: string, ...rooms: string[]): Cruise {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  );
}

let skeleton: string;
beforeAll(() => {
  skeleton = mkdtempSync(join(tmpdir(), 'facegate-rules-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json', 'package.json']) {
    cpSync(join(root, file), join(skeleton, file));
  }
  symlinkSync(join(root, 'node_modules'), join(skeleton, 'node_modules'));
});
afterAll(() => rmSync(skeleton, { recursive: true, force: true }));

test(
  'the cruise reads every module there is: a resolver that sees nothing would complain of nothing',
  () => {
    const rooms = ['packages', 'accuracy', 'bench', 'e2e', 'measurement', 'training'].filter((room) =>
      existsSync(join(root, room)),
    );
    const modules = execFileSync('git', ['ls-files', '*.ts'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((path) => rooms.some((room) => path.startsWith(`${room}/`)));
    expect(modules.length).toBeGreaterThan(30);
    const { summary } = cruise(root, ...rooms);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(modules.length);
    expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  },
  TIMEOUT_MS,
);

test('every rule has a planted trespass', () => {
  expect(Object.keys(trespasses).sort()).toEqual(forbidden.map(({ name }) => name).sort());
});

test(
  'every rule fires under its own name on its planted trespass',
  () => {
    for (const files of Object.values(trespasses)) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(skeleton, path)), { recursive: true });
        writeFileSync(join(skeleton, path), text);
      }
    }
    const { violations } = cruise(skeleton, 'packages', 'e2e').summary;
    const missed = Object.entries(trespasses).filter(
      ([name, files]) => !violations.some(({ rule, from }) => rule.name === name && from in files),
    );
    expect(missed.map(([name]) => name)).toEqual([]);
  },
  TIMEOUT_MS,
);
