/**
 * Makes a clone ready to run: packages installed, sources built, the `core` model pack converted. Does only what is
 * missing or out of date, says one line per thing done, nothing when there is nothing to do.
 *
 * Plain Node without packages: it runs before there are any. `--install-only` stops after the packages.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './exclusive-lock.mjs';

const NODE_MIN = [20, 19];
const BUILT_PACKAGES = ['engine', 'server', 'cli'];

/** Compiles what the search scans with; does nothing when it is current. */
const KERNEL_BUILDER = join('packages', 'engine', 'tools', 'build-kernel.mjs');

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stateFile = join(root, 'node_modules', '.facegate', 'prepared.json');
const dataFolder = resolve(root, process.env.FACEGATE_DATA || '.facegate');
const corePack = join(dataFolder, 'packs', 'core');

async function main(args) {
  const unknown = args.filter((arg) => arg !== '--install-only');
  if (unknown.length > 0) fail(`Unknown option ${unknown[0]}. The only one is --install-only.`);
  refuseOldNode();
  const steps = args.includes('--install-only') ? [install] : [install, build, convertCorePack];
  if (steps.every((step) => step.isDone())) return;
  mkdirSync(join(root, '.facegate'), { recursive: true });
  await withLock(join(root, '.facegate', 'prepare.lock'), say, () => {
    for (const step of steps) if (!step.isDone()) step.run();
  });
}

const install = {
  isDone: () => readState().lock === lockHash(),
  run() {
    say('installing packages, a minute or two the first time');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    // Not `npm ci`: it refuses a lock that leaves out an optional package of another platform, which is how npm
    // writes the lock where a registry does not carry that package. This follows the lock and never rewrites it.
    runQuietly(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      shell: process.platform === 'win32',
    });
    writeState({ lock: lockHash() });
  },
};

const build = {
  isDone: () =>
    readState().sources === sourcesFingerprint() &&
    existsSync(join(root, 'packages', 'engine', 'kernel', 'dist', 'sources.sha256')) &&
    BUILT_PACKAGES.every((name) => existsSync(join(root, 'packages', name, 'dist'))),
  run() {
    say('building');
    runQuietly(process.execPath, [KERNEL_BUILDER]);
    const complete = BUILT_PACKAGES.every((name) => existsSync(join(root, 'packages', name, 'dist')));
    const projects = BUILT_PACKAGES.map((name) => join('packages', name));
    // tsc trusts its record of the last build and would not notice a deleted dist folder.
    const force = complete ? [] : ['--force'];
    runQuietly(process.execPath, [
      join('node_modules', 'typescript', 'bin', 'tsc'),
      '-b',
      ...projects,
      ...force,
    ]);
    writeState({ ...readState(), sources: sourcesFingerprint() });
  },
};

const convertCorePack = {
  // The converter is part of the built sources, so a new build asks for the pack again; the command itself is
  // cheap when the pack is current.
  isDone: () =>
    existsSync(join(corePack, 'manifest.json')) && readState().packs?.[corePack] === packFingerprint(),
  run() {
    say(`preparing the core model pack in ${relative(root, corePack) || corePack}`);
    runQuietly(process.execPath, [join('packages', 'cli', 'bin', 'facegate.mjs'), 'models', 'prepare'], {
      env: { ...process.env, FACEGATE_DATA: dataFolder },
    });
    const state = readState();
    writeState({ ...state, packs: { ...state.packs, [corePack]: packFingerprint() } });
  },
};

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  fail(
    `facegate needs Node ${NODE_MIN.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
}

/** A finished step prints nothing; a failed one prints all it said and ends the run with its status. */
function runQuietly(command, args, options = {}) {
  const env = { ...(options.env ?? process.env), ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const result = spawnSync(command, args, {
    cwd: root,
    shell: options.shell ?? false,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  fail(
    `"${command} ${args.join(' ')}" failed${result.error ? `: ${result.error.message}` : '.'}`,
    result.status || 1,
  );
}

function lockHash() {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'package-lock.json')));
  // Native packages differ by platform: a folder copied from another machine is installed again.
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

function sourcesFingerprint() {
  const hash = createHash('sha256').update(readState().lock ?? '');
  const files = BUILT_PACKAGES.flatMap((name) => {
    const folder = join(root, 'packages', name);
    return [join(folder, 'tsconfig.json'), join(folder, 'package.json'), ...filesUnder(join(folder, 'src'))];
  });
  const kernel = [KERNEL_BUILDER, join('packages', 'engine', 'kernel', 'scan.ts')].map((file) =>
    join(root, file),
  );
  for (const file of [join(root, 'tsconfig.base.json'), ...kernel, ...files]) hash.update(fileMark(file));
  return hash.digest('hex');
}

function packFingerprint() {
  const hash = createHash('sha256').update(readState().sources ?? '');
  for (const file of filesUnder(corePack)) hash.update(fileMark(file));
  return hash.digest('hex');
}

/** Name, size and time: reading every byte would cost more than the whole check may. */
function fileMark(file) {
  const { size, mtimeMs } = statSync(file);
  return `${relative(root, file)} ${size} ${mtimeMs}\n`;
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function readState() {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8'));
  } catch {
    // Absent or cut short: everything is checked and done again.
    return {};
  }
}

function writeState(state) {
  mkdirSync(dirname(stateFile), { recursive: true });
  const draft = `${stateFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(draft, stateFile);
}

function say(line) {
  process.stderr.write(`facegate: ${line}\n`);
}

function fail(line, status = 1) {
  say(line);
  process.exit(status);
}

await main(process.argv.slice(2));
