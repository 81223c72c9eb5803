import { expect, it } from 'vitest';
import { discardingOf } from './discarding.ts';
import type { Judged } from './judged.ts';

const picture = (list: 'Train' | 'Test', sharpness: number) => ({
  subject: 'somebody',
  list,
  components: [
    { component: 'sharpness' as const, quality: sharpness },
    { component: 'eyes-open' as const, quality: 100 - sharpness },
  ],
});
const JUDGED: Judged = {
  pack: 'core',
  pictures: [...[10, 90, 90, 90].map((of) => picture('Train', of)), picture('Test', 1)],
  pairs: [
    { pictures: [0, 1], isMissed: true },
    { pictures: [1, 2], isMissed: false },
    { pictures: [2, 3], isMissed: true },
    { pictures: [1, 3], isMissed: false },
    { pictures: [0, 4], isMissed: true },
  ],
};
const training = discardingOf(JUDGED, ({ list }) => list === 'Train');

it('tells how much smaller the share of missed pairs is without the worst pictures, of the pictures chosen', () => {
  // Two of four are missed; without the first picture one of three.
  expect(training.dropAt({ sharpness: 1 }, 0.25)).toBeCloseTo(1 - 1 / 3 / (2 / 4));
  expect(training.dropAt({ sharpness: 1 }, 0)).toBe(0);
});

it('weighs components as the score does, and takes means over the shares', () => {
  expect(training.dropAt({ 'eyes-open': 1 }, 0.25)).toBe(0);
  expect(training.meanDrop({ sharpness: 1 })).toBeCloseTo(training.dropAt({ sharpness: 1 }, 0.25) / 23);
});
