import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from './template.ts';

const unit = (values: readonly number[]): Float32Array => {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / length);
};
const template = (values: readonly number[], packId = 'core@1.0.0') => ({ packId, values: unit(values) });
const anyVector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });

describe('comparison of templates', () => {
  it('is 1 for a template and itself', () => {
    expect(compare(template([1, 2, 3]), template([1, 2, 3]))).toBeCloseTo(1, 6);
  });

  it('is symmetric and within −1..1', () => {
    fc.assert(
      fc.property(anyVector, anyVector, (a, b) => {
        const score = compare(template(a), template(b));
        expect(score).toBe(compare(template(b), template(a)));
        expect(Math.abs(score)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses templates of different packs, versions of a pack included', () => {
    const refusal = expect.objectContaining({ code: 'pack-mismatch' });
    expect(() => compare(template([1, 0]), template([1, 0], 'accurate@1.0.0'))).toThrow(refusal);
    expect(() => compare(template([1, 0]), template([1, 0], 'core@1.0.1'))).toThrow(refusal);
    expect(() => compare(template([1, 0]), template([1, 0, 0]))).toThrow(refusal);
  });
});
