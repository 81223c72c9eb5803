import { writeFileSync } from 'node:fs';
import type { Interval } from './interval.ts';
import { type Estimate, median } from './median.ts';

/** One measured figure with its 95 % interval. Shares are 0..1; of all else the unit is part of the metric's name. */
export interface Row extends Interval {
  readonly suite: string;
  readonly pack: string;
  readonly metric: string;
  readonly value: number;
  /** Trials behind the figure. */
  readonly n: number;
}

type RowName = Pick<Row, 'suite' | 'pack' | 'metric'>;

/** The median of `values` as a row. */
export function medianRow(name: RowName, values: readonly number[]): Row {
  return toRow(name, median(values));
}

export function toRow(name: RowName, { value, n, low, high }: Estimate): Row {
  return { ...name, value, n, low, high };
}

/** Writes rows as a JSON array. */
export function writeRows(file: string, rows: readonly Row[]): void {
  writeFileSync(file, `${JSON.stringify(rows, undefined, 2)}\n`);
}
