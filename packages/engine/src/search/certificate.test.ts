import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dotProduct } from '../vocabulary/dot-product.ts';
import { float32AtLeast, probeLevels, reachToScore } from './certificate.ts';
import { quantiseProbe, quantiseRow } from './quantise.ts';
import { unit } from './vectors.fixture.ts';

const value = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1e-9, 1e-4, -1, 1));
const pair = fc
  .constantFrom(1, 2, 16, 33, 128, 1152)
  .chain((length) => fc.tuple(vectorOf(length), vectorOf(length)));

function vectorOf(length: number) {
  return fc
    .array(value, { minLength: length, maxLength: length })
    .map((values) => unit(Float32Array.from(values)));
}

/** As the kernel computes it: a whole sum, then four roundings to float32. */
function reachOf(
  probe: ReturnType<typeof quantiseProbe>,
  codes: Int8Array,
  step: number,
  error: number,
): number {
  const sum = codes.reduce((total, code, i) => total + code * probe.codes[i]!, 0);
  const product = Math.fround(Math.fround(sum) * step);
  return Math.fround(product + Math.fround(error * probe.weight));
}

it('no score exceeds its bound, and no bound is far off', () => {
  fc.assert(
    fc.property(pair, ([x, p]) => {
      const padded = Math.ceil(x.length / 16) * 16;
      const codes = new Int8Array(padded);
      const { step, error } = quantiseRow(x, codes);
      const probe = quantiseProbe(p, padded);
      const reach = reachOf(probe, codes, step, error);
      const bound = reach * probe.step + probe.margin;
      const score = dotProduct(p, x);
      expect(score).toBeLessThan(bound);
      expect(bound - score).toBeLessThan(2.1 * error + 2 * probe.margin);
      // A search for this very score must let the row pass.
      expect(reach).toBeGreaterThan(Math.fround(reachToScore(score, probe)));
    }),
    { numRuns: 500 },
  );
});

it('no sum leaves int32, in any dimension', () => {
  for (let padded = 16; padded <= 4096; padded += 16) {
    expect(probeLevels(padded) * 127 * padded).toBeLessThan(2 ** 31);
    expect(probeLevels(padded)).toBeGreaterThan(2 ** 11);
  }
});

it('a float32 rounded upwards is not below its number', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (number) => {
      const rounded = float32AtLeast(number);
      expect(rounded).toBe(Math.fround(rounded));
      expect(rounded).toBeGreaterThanOrEqual(number);
      expect(rounded).toBeLessThanOrEqual(number * (1 + 1e-6) + 1e-37);
    }),
  );
});
