import { describe, expect, it } from 'vitest';
import { BatchLane } from './batch-lane.ts';
import { loadKernels } from './kernel.ts';
import { BATCH_MAX, BLOCK_ROWS, layoutOf } from './layout.ts';
import { type DigitCount, probeDigits } from './probe-digits.ts';
import { type QuantisedProbe, quantiseProbe, quantiseRow } from './quantise.ts';
import { ScanLane } from './scan-lane.ts';
import type { Finding, ScanProbe } from './scan-task.ts';
import { Segments } from './segments.ts';
import { unitVectors } from './vectors.fixture.ts';

const CAPACITY = 80;
const NO_FLOOR = Number.NEGATIVE_INFINITY;

type Rows = readonly { readonly codes: Int8Array; readonly step: number; readonly error: number }[];

/** Both kinds of lane over the same rows, two blocks in a memory. */
function lanesOver(rows: Rows, padded: number) {
  const layout = layoutOf(padded, 1, 3 * BLOCK_ROWS * (padded + 8));
  const kernels = loadKernels();
  const [single, batch] = [new ScanLane(layout, kernels, 0), new BatchLane(layout, kernels)];
  const segments = new Segments(layout, (memory) => {
    single.addSegment(memory);
    batch.addSegment(memory);
  });
  for (const [row, { codes, ...scale }] of rows.entries()) {
    if (row % BLOCK_ROWS === 0) segments.addBlock();
    segments.write(row, new Int32Array(codes.buffer), scale);
  }
  const blocks = Math.ceil(rows.length / BLOCK_ROWS);
  const taskOf = (probes: readonly ScanProbe[], digits: DigitCount = 2) => ({
    digits,
    kind: 'best' as const,
    blocks,
    nextBlock: new Int32Array(1),
    probes,
    capacity: CAPACITY,
    selection: undefined,
  });
  return {
    oneByOne: (probes: readonly ScanProbe[]) => probes.map((probe) => single.run(taskOf([probe]))),
    together: (probes: readonly ScanProbe[], digits?: DigitCount) => batch.run(taskOf(probes, digits)),
  };
}

const quantised = (vectors: readonly Float32Array[], padded: number): Rows =>
  vectors.map((values) => {
    const codes = new Int8Array(padded);
    return { codes, ...quantiseRow(values, codes) };
  });

const withFloor = (probe: QuantisedProbe): ScanProbe => ({ ...probe, floor: NO_FLOOR });

/** The best that a lane kept, in order: a single probe's lane keeps as many of every memory. */
const best = ({ rows, reaches }: Finding) =>
  [...rows]
    .map((row, i) => ({ row, reach: reaches[i] ?? 0 }))
    .sort((a, b) => b.reach - a.reach || a.row - b.row)
    .slice(0, CAPACITY);

describe.each([
  [64, 7000],
  [128, 7000],
  [512, 2100],
  [1152, 2100],
  [4096, 300],
])('a batch over rows of %d values', (padded, count) => {
  it.each([5, 16, BATCH_MAX])(
    'finds, with %d probes, to the last bit what one probe after the other does',
    async (width) => {
      const rows = quantised(unitVectors(1, count, padded), padded);
      const probes = unitVectors(2, width, padded).map((values) => withFloor(quantiseProbe(values, padded)));
      const lanes = lanesOver(rows, padded);
      const together = await lanes.together(probes);
      expect(together.map(best)).toEqual(lanes.oneByOne(probes).map(best));
      for (const finding of together) expect(finding.bound).toBe(best(finding).at(-1)?.reach);
    },
  );

  it('multiplies the largest codes there are without clipping', async () => {
    const levels = withFloor(quantiseProbe(new Float32Array(padded).fill(1 / Math.sqrt(padded)), padded));
    const codes = new Int8Array(padded).fill(127);
    const opposite = codes.map((code) => -code);
    const alternating = codes.map((code, i) => (i % 2 ? code : -code));
    const rows = [codes, opposite, alternating].map((of) => ({ codes: of, step: 1, error: 0 }));
    const lanes = lanesOver(rows, padded);
    const probes = Array.from({ length: 8 }, (_, i) => ({
      ...levels,
      codes: levels.codes.map((code) => (i % 2 ? code : -code)),
    }));
    const [even, odd] = await lanes.together(probes);
    const largest = Math.fround(levels.codes.reduce((sum, code) => sum + code * 127, 0));
    expect(best(odd!)).toEqual([
      { row: 0, reach: largest },
      { row: 2, reach: 0 },
      { row: 1, reach: -largest },
    ]);
    expect(best(even!)).toEqual([
      { row: 1, reach: largest },
      { row: 2, reach: 0 },
      { row: 0, reach: -largest },
    ]);
  });
});

it.each([64, 128, 256])(
  'bounds with the upper digits alone what it finds with both, over %d values',
  async (padded) => {
    const rows = quantised(unitVectors(5, 3000, padded, 0.9), padded);
    const probes = unitVectors(6, 9, padded, 0.9).map((values) => withFloor(quantiseProbe(values, padded)));
    const lanes = lanesOver(rows, padded);
    const [fine, coarse] = [await lanes.together(probes), await lanes.together(probes, 1)];
    const codes = probes.map((probe) => probe.codes);
    const { digits, slacks } = probeDigits(codes, { width: 9, padded, count: 1 });
    for (const [at, finding] of coarse.entries()) {
      const reachOf = ({ codes: ofRow, step, error }: Rows[number]) => {
        const sum = 128 * ofRow.reduce((total, code, i) => total + code * digits[i * 9 + at]!, 0);
        const rest = Math.fround(Math.fround(error * probes[at]!.weight) + slacks[at]!);
        return Math.fround(Math.fround(Math.fround(sum) * step) + rest);
      };
      const all = rows.map((row, i) => ({ row: i, reach: reachOf(row) }));
      all.sort((a, b) => b.reach - a.reach || a.row - b.row);
      expect(best(finding).map(({ reach }) => reach)).toEqual(
        all.slice(0, CAPACITY).map(({ reach }) => reach),
      );
      for (const { row, reach } of best(fine[at]!)) expect(reachOf(rows[row]!)).toBeGreaterThanOrEqual(reach);
      expect([finding.isCoarse, fine[at]!.isCoarse]).toEqual([true, false]);
    }
  },
);

it('takes no row that lies below the floor, and none that is not there', async () => {
  const rows = quantised(unitVectors(3, 3000, 64), 64);
  const lanes = lanesOver(rows, 64);
  const probes = unitVectors(4, 6, 64).map((values) => ({ ...quantiseProbe(values, 64), floor: 1e9 }));
  for (const { rows: kept } of await lanes.together(probes)) expect(kept).toHaveLength(0);
});
