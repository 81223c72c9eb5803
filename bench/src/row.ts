import { writeFileSync } from 'node:fs';
import { type Estimate, median } from './interval.ts';

/** One measured figure. The unit is part of the metric's name. */
export interface Row {
  readonly suite: string;
  readonly pack: string;
  readonly metric: string;
  readonly value: number;
  /** Measurements behind the figure. */
  readonly n: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** The median of `values` as a row. */
export function medianRow(name: Pick<Row, 'suite' | 'pack' | 'metric'>, values: readonly number[]): Row {
  return toRow(name, median(values));
}

export function toRow(name: Pick<Row, 'suite' | 'pack' | 'metric'>, estimate: Estimate): Row {
  const { value, low, high, n } = estimate;
  return { ...name, value, n, low, high };
}

export function writeRows(file: string, rows: readonly Row[]): void {
  writeFileSync(file, `${JSON.stringify(rows, undefined, 2)}\n`);
}
