import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap } from './boxes.ts';
import { suppressOverlaps, suppressRepeats } from './suppression.ts';

const face = (x: number, y: number, side: number, score: number) => ({
  box: { x, y, width: side, height: side },
  score,
});

const anyFaces = fc.array(
  fc
    .record({
      x: fc.integer({ min: 0, max: 200 }),
      y: fc.integer({ min: 0, max: 200 }),
      side: fc.integer({ min: 5, max: 80 }),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ x, y, side, score }) => face(x, y, side, score)),
  { maxLength: 30 },
);

describe('suppression of overlapping faces', () => {
  it('keeps the better-scored of two boxes on one face', () => {
    const kept = suppressOverlaps([face(0, 0, 100, 0.7), face(5, 5, 100, 0.9)]);
    expect(kept).toEqual([face(5, 5, 100, 0.9)]);
  });

  it('keeps neighbours that barely touch', () => {
    expect(suppressOverlaps([face(0, 0, 100, 0.7), face(95, 0, 100, 0.9)])).toHaveLength(2);
  });

  it('leaves no two boxes that overlap, loses no lonely one, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anyFaces, (faces) => {
        const kept = suppressOverlaps(faces);
        for (const [index, one] of kept.entries()) {
          for (const other of kept.slice(index + 1))
            expect(overlap(one.box, other.box)).toBeLessThanOrEqual(0.3);
        }
        for (const one of faces) expect(kept.some((other) => overlap(one.box, other.box) > 0.3)).toBe(true);
        expect(suppressOverlaps(kept)).toEqual(kept);
      }),
    );
  });

  it('takes a small box deep inside a large one for the same face only between rungs', () => {
    const faces = [face(0, 0, 100, 0.9), face(30, 30, 40, 0.8)];
    expect(suppressOverlaps(faces)).toHaveLength(2);
    expect(suppressRepeats(faces)).toEqual([faces[0]]);
  });
});
