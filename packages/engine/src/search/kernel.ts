import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { EngineError } from '../vocabulary/errors.ts';

/** What `kernel/scan.ts` exports. Addresses and counts in bytes and rows; `row` is the number of the first row. */
export interface Kernel {
  scan(...scan: OneProbe): void;
  scanBits(...scan: [...OneProbe, bits: number]): void;
  /** `tiles` is here how many rows the list holds. */
  scanList(...scan: [...OneProbe, list: number]): void;
  widen(tile: number, tiles: number, padded: number, to: number): void;
  scanFour(
    tile: number,
    tiles: number,
    padded: number,
    wide: number,
    probes: number,
    weights: number,
    heaps: number,
    heapStride: number,
    capacity: number,
    row: number,
    sums: number,
  ): void;
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

// From `src/search` as from `dist/search` the same way up.
const folder = new URL('../../kernel/', import.meta.url);

/**
 * Compiles the kernel for this process; the result may be sent to threads.
 *
 * @throws EngineError `internal` when it was not built, or from another source than the one beside it.
 */
export function loadKernel(): WebAssembly.Module {
  const wasm = new URL('dist/scan.wasm', folder);
  const sum = new URL('dist/scan.sha256', folder);
  if (!existsSync(wasm) || !existsSync(sum)) {
    throw new EngineError('internal', 'The search kernel is not built. Run: npm run build');
  }
  const source = new URL('scan.ts', folder);
  if (existsSync(source) && sha256(source) !== readFileSync(sum, 'utf8')) {
    throw new EngineError('internal', 'The search kernel is older than its source. Run: npm run build');
  }
  return new WebAssembly.Module(readFileSync(wasm));
}

export function kernelOver(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
}

function sha256(file: URL): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
