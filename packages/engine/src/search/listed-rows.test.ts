import { describe, expect, it } from 'vitest';
import { PART_ROWS, partsOf, type Stretch, stretchesOf } from './listed-rows.ts';

const everyThird = Uint32Array.from({ length: 1000 }, (_, i) => i * 3);

function allOf(list: Uint32Array, extent: { rowsPerSegment: number; rowsEnd: number }): Stretch[] {
  return Array.from({ length: partsOf(list) }, (_, part) => stretchesOf(list, part, extent)).flat();
}

describe('a list of rows, in parts', () => {
  it.each([100, 2048, 1_000_000])('has each row once, in its segment of %d', (rowsPerSegment) => {
    const stretches = allOf(everyThird, { rowsPerSegment, rowsEnd: 1_000_000 });
    expect(stretches.flatMap(({ rows }) => [...rows])).toEqual([...everyThird]);
    for (const { segment, rows } of stretches) {
      expect(rows.length).toBeLessThanOrEqual(PART_ROWS);
      expect([...rows].every((row) => Math.floor(row / rowsPerSegment) === segment)).toBe(true);
    }
  });

  it('passes over rows that do not exist', () => {
    const stretches = allOf(everyThird, { rowsPerSegment: 2048, rowsEnd: 1500 });
    expect(stretches.flatMap(({ rows }) => [...rows])).toEqual([...everyThird].filter((row) => row < 1500));
  });

  it('has no parts when it is empty', () => {
    expect(partsOf(new Uint32Array(0))).toBe(0);
  });
});
