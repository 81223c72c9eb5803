/**
 * Measured figures with their number of trials and 95 % intervals, as rows, tables and JSON.
 *
 * @module
 */
export { bootstrap, clusterBootstrap, type Interval, wilson } from './interval.ts';
export { medianRatio } from './median.ts';
export { randomSequence } from './random-sequence.ts';
export { medianRow, type Row, toRow, writeRows } from './row.ts';
export { formatTable } from './table.ts';
export { welch } from './welch.ts';
