import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const BINARY_KINDS =
  /\.(png|jpe?g|jp2|gif|webp|avif|heic|tiff?|bmp|ico|pdf|mp4|webm|onnx|pth?|params|tflite|pb|h5|bin|npz?|safetensors|woff2?)$/i;
/** Drawn by this project: no photograph, nobody's weights. Each entry says what it is. */
const OWN_ASSETS: Readonly<Record<string, string>> = {
  'docs/images/det.png': 'drawn by npm run accuracy',
};

const texts = tracked.filter((path) => !BINARY_KINDS.test(path));

test('the tree is really looked at', () => {
  expect(tracked.length).toBeGreaterThan(40);
  expect(tracked).toContain('tools/hygiene.test.ts');
});

test('no picture, video or weights file is tracked except assets drawn by this project', () => {
  const foreign = tracked.filter((path) => BINARY_KINDS.test(path) && !(path in OWN_ASSETS));
  expect(foreign).toEqual([]);
});

test('every text file is text, and none carries a picture or weights inside', () => {
  const suspicious = texts.filter((path) => {
    const text = read(path);
    return text.includes('\0') || (path !== 'package-lock.json' && /[A-Za-z0-9+/]{2000}/.test(text));
  });
  expect(suspicious).toEqual([]);
});

test('no tracked file is larger than half a megabyte', () => {
  expect(tracked.filter((path) => statSync(join(root, path)).size > 512 * 1024)).toEqual([]);
});

test('no file names a folder of the machine it was written on', () => {
  // Written in parts, or this test would find itself.
  const folders = [
    '/ho' + 'me/',
    '/Us' + 'ers/',
    '/ro' + 'ot/',
    '/wo' + 'rk/',
    '/t' + 'mp/',
    '/var/t' + 'mp/',
  ];
  const drive = /\b[A-Z]:\\\\?(Users|Documents)/;
  expect(mentions((line) => drive.test(line) || folders.some((folder) => isPath(line, folder)))).toEqual([]);
});

/** The folder at the start of a path, not inside a longer one. */
function isPath(line: string, folder: string): boolean {
  const at = line.indexOf(folder);
  return at >= 0 && !/[\w.*)}\]-]/.test(line[at - 1] ?? ' ');
}

test('no file names a package registry or an address inside a private network', () => {
  const registry =
    /\b(registry\.[a-z0-9-]+\.[a-z]+|npm\.pkg\.github\.com|artifactory|verdaccio|nexus\.[a-z])/i;
  const privateAddress =
    /\bhttps?:\/\/(10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|[a-z0-9.-]+\.(internal|local|corp|lan))\b/i;
  // Which addresses are private is what these are about.
  const about =
    /^(tools\/hygiene\.test\.ts|packages\/server\/src\/(http\/remote-image|outbound\/|adapters\/webhooks\/).*\.test\.ts)$/;
  const isRegistry = (line: string) => registry.test(line);
  expect(mentions((line) => privateAddress.test(line), about)).toEqual([]);
  expect(mentions(isRegistry, /^tools\/hygiene\.test\.ts$/)).toEqual([]);
});

test('the lock file leaves the choice of registry to whoever installs', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { resolved?: string; link?: boolean }>;
  };
  const named = Object.entries(packages).filter(([, entry]) => !entry.link && entry.resolved !== undefined);
  expect(named.map(([name]) => name)).toEqual([]);
});

function mentions(isBad: (line: string) => boolean, except = /^$/): string[] {
  return texts
    .filter((path) => !except.test(path))
    .flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line, i) => (isBad(line) ? [`${path}:${i + 1}`] : [])),
    );
}

test('licence and notice are there', () => {
  expect(read('LICENSE')).toContain('Apache License');
  expect(read('NOTICE').trim()).not.toBe('');
});

test('every dependency of every workspace is pinned to one version', () => {
  const manifests = tracked.filter((path) => basename(path) === 'package.json');
  expect(manifests.length).toBeGreaterThan(4);
  const loose = manifests.flatMap((path) => {
    const manifest = JSON.parse(read(path)) as Record<string, Record<string, string> | undefined>;
    return ['dependencies', 'devDependencies', 'optionalDependencies']
      .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${path}: ${name}@${version}`);
  });
  expect(loose).toEqual([]);
});

test('every workspace asks for the same version of a package', () => {
  const asked = new Map<string, Set<string>>();
  for (const path of tracked.filter((file) => basename(file) === 'package.json')) {
    const manifest = JSON.parse(read(path)) as Record<string, Record<string, string> | undefined>;
    for (const kind of ['dependencies', 'devDependencies']) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        asked.set(name, (asked.get(name) ?? new Set()).add(version));
      }
    }
  }
  const split = [...asked].filter(([, versions]) => versions.size > 1);
  expect(split.map(([name, versions]) => `${name}: ${[...versions].join(', ')}`)).toEqual([]);
});

test('every source file has a name in kebab-case and says what it holds', () => {
  const heaps = /(^|\/)(utils?|helpers?|common|misc|types|stuff)\.[a-z]+$/;
  const sources = tracked.filter((path) => /\.(ts|mjs|cjs)$/.test(path));
  expect(sources.filter((path) => heaps.test(path))).toEqual([]);
});
