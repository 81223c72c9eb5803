import { expect, test } from 'vitest';
import { decodeHalves } from './half-float.ts';

/** IEEE 754-2008, binary16: the definition, in arithmetic instead of bits. */
function halfByDefinition(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return exponent === 0 ? (sign * fraction) / 2 ** 24 : (sign * (1024 + fraction) * 2 ** exponent) / 2 ** 25;
}

test('every one of the 65,536 halves widens to the same value', () => {
  const all = Uint16Array.from({ length: 65_536 }, (_, i) => i);
  const singles = decodeHalves(new Uint8Array(all.buffer));
  const wrong = [...all].filter((half) => !Object.is(singles[half], halfByDefinition(half)));
  expect(wrong).toEqual([]);
});
