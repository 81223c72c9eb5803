/**
 * `npm run bench:search [-- --rows 100000,1000000] [--dimensions 512,128] [--rounds N] [--json FILE]`: what the exact
 * search costs, beside a pass that only reads the same memory and beside other exact searches, with n and 95 %
 * intervals.
 *
 * @module
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { formatTable, type Row, writeRows } from '@facegate/measurement';
import type { Measured, Size } from './measure-size.ts';

/** Peers keep their own float32 copies and are slow: measured up to so many rows. */
const PEER_ROWS_MAX = 100_000;
/** Brute force over a million rows takes a third of a second a probe. */
const CHECKED_MAX = 200;
const COMPARISONS_MAX = 1e8;

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000,1000000' },
    dimensions: { type: 'string', default: '512,128' },
    rounds: { type: 'string', default: '30' },
    json: { type: 'string' },
  },
});

const numbers = (list: string): number[] => list.split(',').map(Number);
const rows: Row[] = [];
for (const count of numbers(options.rows)) {
  for (const dimension of numbers(options.dimensions)) {
    console.error(`measuring ${count} × ${dimension} …`);
    const measured = await measureApart({
      rows: count,
      dimension,
      rounds: Number(options.rounds),
      checked: Math.min(CHECKED_MAX, Math.ceil(COMPARISONS_MAX / count)),
      withPeers: count <= PEER_ROWS_MAX,
    });
    rows.push(...measured.rows);
    for (const note of measured.notes) console.log(note);
    console.log(formatTable(measured.rows, { isShare: ({ metric }) => metric.startsWith('recall') }));
  }
}
if (options.json) writeRows(options.json, rows);

async function measureApart(size: Size): Promise<Measured> {
  const child = fork(new URL('./one-size.ts', import.meta.url), [], { execArgv: process.execArgv });
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`The measuring process ended with status ${status}.`);
  });
  child.send(size);
  const [measured] = await Promise.race([once(child, 'message'), ended]);
  return measured as Measured;
}
