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
      const digits = probeDigits(probes, WIDTH, PADDED);
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
  const digits = probeDigits([Int16Array.from({ length: PADDED }, () => 8191)], WIDTH, PADDED);
  const others = digits.filter((_, at) => at % WIDTH > 0);
  expect(others.every((digit) => digit === 0)).toBe(true);
});
