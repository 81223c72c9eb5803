/**
 * Compiles the search kernels of `kernel/` to `kernel/dist/*.wasm`, and writes beside them the SHA-256 of the sources,
 * by which the engine notices kernels that are out of date. Does nothing when they are current.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sourceFolder = new URL('../kernel/', import.meta.url);
const outFolder = new URL('../kernel/dist/', import.meta.url);
const sumFile = new URL('sources.sha256', outFolder);

/** Whole memory is handed in. */
const OPTIONS = '-O3 --noAssert --runtime stub --enable simd --importMemory --initialMemory 1 --stackSize 0';
/** The rows' memory is shared between threads; 65,536 pages are all that 32 bits can address. */
const KERNELS = { scan: `${OPTIONS} --enable threads --sharedMemory --maximumMemory 65536`, batch: OPTIONS };

const sources = Object.fromEntries(
  readdirSync(sourceFolder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => [name, readFileSync(new URL(name, sourceFolder), 'utf8')]),
);
const sum = createHash('sha256').update(Object.values(sources).join('\0')).digest('hex');
if (!isCurrent()) await build();

function isCurrent() {
  const isBuilt = Object.keys(KERNELS).every((name) => existsSync(wasmFile(name)));
  return isBuilt && existsSync(sumFile) && readFileSync(sumFile, 'utf8') === sum;
}

async function build() {
  const { default: asc } = await import('assemblyscript/asc');
  mkdirSync(fileURLToPath(outFolder), { recursive: true });
  for (const [name, options] of Object.entries(KERNELS)) {
    writeWhole(wasmFile(name), await compile(asc, name, options));
  }
  writeWhole(sumFile, sum);
}

async function compile(asc, name, options) {
  let wasm;
  const result = await asc.main([`${name}.ts`, '--outFile', `${name}.wasm`, ...options.split(' ')], {
    readFile: (file) => sources[file] ?? null,
    writeFile: (_file, contents) => {
      wasm = contents;
    },
    listFiles: () => [],
  });
  if (result.error || !wasm) {
    process.stderr.write(`${result.stderr}${result.error?.message ?? ''}\n`);
    process.exit(1);
  }
  return wasm;
}

function wasmFile(name) {
  return new URL(`${name}.wasm`, outFolder);
}

/** Somebody who reads meanwhile sees the old file or the new one, never half of one. */
function writeWhole(file, contents) {
  const draft = new URL(`${file.href}.${process.pid}`);
  writeFileSync(draft, contents);
  renameSync(draft, file);
}
