import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { EngineError } from '../vocabulary/errors.ts';

/** What `kernel/scan.ts` exports. Addresses and counts in bytes and rows; `row` is the number of the first row. */
export interface Kernel {
  scan(...scan: OneProbe): void;
  scanBits(...scan: [...OneProbe, bits: number]): void;
  /** `tiles` is here how many rows the list holds. */
  scanList(...scan: [...OneProbe, list: number]): void;
  readOnly(from: number, bytes: number): number;
}

type OneProbe = [
  tile: number,
  tiles: number,
  padded: number,
  probe: number,
  weight: number,
  heap: number,
  capacity: number,
  row: number,
];

/** What `kernel/batch.ts` exports. */
export interface BatchKernel {
  unpack(tile: number, tiles: number, padded: number, to: number): void;
  offer(
    tile: number,
    tiles: number,
    padded: number,
    sums: number,
    digits: number,
    probes: number,
    weights: number,
    slacks: number,
    thresholds: number,
    heaps: number,
    heapStride: number,
    capacity: number,
    row: number,
  ): void;
}

/** Compiled for this process; may be sent to threads. */
export interface KernelModules {
  readonly scan: WebAssembly.Module;
  readonly batch: WebAssembly.Module;
}

// From `src/search` as from `dist/search` the same way up.
const folder = new URL('../../kernel/', import.meta.url);

/** @throws EngineError `internal` when the kernels were not built, or from other sources than those beside them. */
export function loadKernels(): KernelModules {
  const sum = new URL('dist/sources.sha256', folder);
  if (!existsSync(sum))
    throw new EngineError('internal', 'The search kernels are not built. Run: npm run build');
  if (sumOfSources() !== readFileSync(sum, 'utf8')) {
    throw new EngineError('internal', 'The search kernels are older than their sources. Run: npm run build');
  }
  return { scan: compiled('scan'), batch: compiled('batch') };
}

/** @param memory  shared with whoever writes the rows. */
export const scanKernelOver = (modules: KernelModules, memory: WebAssembly.Memory): Kernel =>
  new WebAssembly.Instance(modules.scan, { env: { memory } }).exports as unknown as Kernel;

/** @param memory  of the calling thread alone. */
export const batchKernelOver = (modules: KernelModules, memory: WebAssembly.Memory): BatchKernel =>
  new WebAssembly.Instance(modules.batch, { env: { memory } }).exports as unknown as BatchKernel;

const compiled = (name: keyof KernelModules): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`dist/${name}.wasm`, folder)));

/** As `tools/build-kernel.mjs` has it. */
function sumOfSources(): string {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const sources = names.sort().map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return createHash('sha256').update(sources.join('\0')).digest('hex');
}
