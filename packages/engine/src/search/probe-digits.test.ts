import fc from 'fast-check';
import { expect, it } from 'vitest';
import { probeLevels } from './certificate.ts';
import { probeDigits } from './probe-digits.ts';

const WIDTH = 4;
const PADDED = 64;
const codes = fc
  .array(fc.integer({ min: -probeLevels(PADDED), max: probeLevels(PADDED) }), {
    minLength: PADDED,
    maxLength: PADDED,
  })
  .map((values) => Int16Array.from(values));

it('writes every code as two digits of at most 64', () => {
  fc.assert(
    fc.property(fc.array(codes, { minLength: 1, maxLength: WIDTH }), (probes) => {
      const { digits, slacks } = probeDigits(probes, { width: WIDTH, padded: PADDED, count: 2 });
      expect(slacks.every((slack) => slack === 0)).toBe(true);
      expect(digits.every((digit) => Math.abs(digit) <= 64)).toBe(true);
      for (const [probe, ofProbe] of probes.entries()) {
        const joined = ofProbe.map((_, i) => {
          const at = i * 2 * WIDTH + probe;
          return 128 * (digits[at] ?? 0) + (digits[at + WIDTH] ?? 0);
        });
        expect(joined).toEqual(ofProbe);
      }
    }),
  );
});

it('has nothing where there is no probe', () => {
  const codes = [Int16Array.from({ length: PADDED }, () => 8191)];
  const { digits } = probeDigits(codes, { width: WIDTH, padded: PADDED, count: 2 });
  const others = digits.filter((_, at) => at % WIDTH > 0);
  expect(others.every((digit) => digit === 0)).toBe(true);
});

it('leaves the lower digits out, and says what they can add to a reach at most', () => {
  const rowCodes = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: PADDED,
    maxLength: PADDED,
  });
  fc.assert(
    fc.property(codes, rowCodes, (ofProbe, row) => {
      const { digits, slacks } = probeDigits([ofProbe], { width: WIDTH, padded: PADDED, count: 1 });
      const length = Math.hypot(...row) || 1;
      const sum = (of: (i: number) => number) => row.reduce((total, x, i) => total + (x / length) * of(i), 0);
      const whole = sum((i) => ofProbe[i]!);
      const coarse = sum((i) => 128 * digits[i * WIDTH]!);
      expect(Math.abs(whole - coarse)).toBeLessThanOrEqual(slacks[0]!);
    }),
  );
});
