import { float32AtLeast, marginOf, probeLevels, ROW_LEVELS } from './certificate.ts';

/** A probe as the kernel takes it. */
export interface QuantisedProbe {
  /** Padded with zeros. */
  readonly codes: Int16Array;
  /** What one unit of reach is in score units. */
  readonly step: number;
  /** The probe's length in steps: what a row's error counts for in reach. A float32, rounded up. */
  readonly weight: number;
  /** Score units; see `certificate.ts`. */
  readonly margin: number;
}

/** A row beside its codes. */
export interface RowScale {
  /** A float32. */
  readonly step: number;
  /** Length of what the codes leave out. A float32, rounded up. */
  readonly error: number;
}

/** @param codes  gets the row's codes, −127..127; what it holds beyond them is left alone. */
export function quantiseRow(values: Float32Array, codes: Int8Array): RowScale {
  const { length } = values;
  const step = Math.fround(largestOf(values) / ROW_LEVELS);
  const inverse = 1 / step;
  let squared = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    // At most ROW_LEVELS in size: the step is the largest value's share, rounded by far less than half a level.
    const code = nearest(value * inverse);
    codes[i] = code;
    const rest = value - step * code;
    squared += rest * rest;
  }
  return { step, error: float32AtLeast(Math.sqrt(squared)) };
}

export function quantiseProbe(values: Float32Array, padded: number): QuantisedProbe {
  const levels = probeLevels(padded);
  const step = largestOf(values) / levels;
  const codes = new Int16Array(padded);
  let squared = 0;
  let length = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const code = Math.max(-levels, Math.min(levels, nearest(value / step)));
    codes[i] = code;
    squared += (value - step * code) ** 2;
    length += value * value;
  }
  const weight = float32AtLeast(Math.sqrt(length) / step);
  return { codes, step, weight, margin: marginOf(Math.sqrt(squared), padded) };
}

function largestOf(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > largest) largest = size;
  }
  return largest;
}

/** The nearest integer of a number below 2^31 in size, ties to even: a sum this large has no room for a fraction. */
function nearest(value: number): number {
  return value + ROUNDING_OFFSET - ROUNDING_OFFSET;
}

const ROUNDING_OFFSET = 1.5 * 2 ** 52;
