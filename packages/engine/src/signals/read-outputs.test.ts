import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOfBins } from './age.ts';
import { expressionOf } from './expression.ts';
import { glassesOf } from './glasses.ts';

describe('glasses', () => {
  test('are none, clear or dark, and the three add up to 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (odds, brightness) => {
          const { none, clear, dark } = glassesOf(odds, brightness);
          expect(none + clear + dark).toBeCloseTo(1);
          expect(Math.min(none, clear, dark)).toBeGreaterThanOrEqual(-1e-12);
        },
      ),
    );
  });

  test('are dark where the network sees some and the eyes are dark', () => {
    expect(glassesOf(-6, 0.2).dark).toBeGreaterThan(0.9);
    expect(glassesOf(-6, 0.9).clear).toBeGreaterThan(0.9);
    expect(glassesOf(9, 0.9).none).toBeGreaterThan(0.9);
    expect(glassesOf(9, 0.4).none).toBeGreaterThan(0.9);
  });
});

test('sad and angry count as neutral', () => {
  const { neutral, happy, other } = expressionOf(Float32Array.of(0.1, 0.05, 0.05, 0.3, 0.15, 0.1, 0.25));
  expect([neutral, happy, other]).toEqual([0.5, 0.3, 0.2].map((value) => expect.closeTo(value)));
});

test('age is the mean of its bins, drawn upwards from 32 years on', () => {
  const certain = (years: number) =>
    ageOfBins(Float32Array.from({ length: 100 }, (_, i) => (i === years ? 1 : 0)));
  expect([certain(8), certain(32), certain(52)]).toEqual([8, 32, expect.closeTo(58.6)]);
});
