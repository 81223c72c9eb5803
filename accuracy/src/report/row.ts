import { writeFileSync } from 'node:fs';

/** One measured figure. Rates are shares, 0..1. */
export interface Row {
  readonly suite: string;
  readonly pack: string;
  readonly metric: string;
  readonly value: number;
  /** Trials behind the figure. */
  readonly n: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

export function writeRows(file: string, rows: readonly Row[]): void {
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
}
