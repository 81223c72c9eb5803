import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseFrames } from './choose-frames.ts';

it('looks at a short clip whole', () => {
  expect(chooseFrames(0, 12)).toEqual([]);
  expect(chooseFrames(1, 12)).toEqual([0]);
  expect(chooseFrames(3, 3)).toEqual([0, 1, 2]);
});

it('spreads frames evenly, the first and the last among them', () => {
  expect(chooseFrames(300, 5)).toEqual([0, 75, 150, 224, 299]);
});

it('names each position once, ascending, and skips no stretch longer than the others by more than a frame', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 3600 }), fc.integer({ min: 2, max: 64 }), (present, samples) => {
      const chosen = chooseFrames(present, samples);
      const steps = chosen.slice(1).map((position, index) => position - (chosen[index] ?? 0));
      expect(chosen).toHaveLength(Math.min(present, samples));
      expect([chosen[0], chosen.at(-1)]).toEqual([0, present - 1]);
      expect(Math.min(...steps)).toBeGreaterThan(0);
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
    }),
  );
});
