/**
 * Compiles the search kernel, `kernel/scan.ts`, to `kernel/dist/scan.wasm`, and writes beside it the SHA-256 of the
 * source, by which the engine notices a kernel that is out of date. Does nothing when it is current.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sourceFile = new URL('../kernel/scan.ts', import.meta.url);
const outFolder = new URL('../kernel/dist/', import.meta.url);
const wasmFile = new URL('scan.wasm', outFolder);
const sumFile = new URL('scan.sha256', outFolder);

/** Whole memory is handed in, shared between threads; 65,536 pages are all that 32 bits can address. */
const OPTIONS =
  '-O3 --noAssert --runtime stub --enable simd --enable threads --sharedMemory --importMemory --initialMemory 1 --maximumMemory 65536 --stackSize 0';

const source = readFileSync(sourceFile, 'utf8');
const sum = createHash('sha256').update(source).digest('hex');
if (!isCurrent()) await build();

function isCurrent() {
  return existsSync(wasmFile) && existsSync(sumFile) && readFileSync(sumFile, 'utf8') === sum;
}

async function build() {
  const { default: asc } = await import('assemblyscript/asc');
  let wasm;
  const result = await asc.main(['scan.ts', '--outFile', 'scan.wasm', ...OPTIONS.split(' ')], {
    readFile: (name) => (name === 'scan.ts' ? source : null),
    writeFile: (_name, contents) => {
      wasm = contents;
    },
    listFiles: () => [],
  });
  if (result.error || !wasm) {
    process.stderr.write(`${result.stderr}${result.error?.message ?? ''}\n`);
    process.exit(1);
  }
  mkdirSync(fileURLToPath(outFolder), { recursive: true });
  writeWhole(wasmFile, wasm);
  writeWhole(sumFile, sum);
}

/** Somebody who reads meanwhile sees the old file or the new one, never half of one. */
function writeWhole(file, contents) {
  const draft = new URL(`${file.href}.${process.pid}`);
  writeFileSync(draft, contents);
  renameSync(draft, file);
}
