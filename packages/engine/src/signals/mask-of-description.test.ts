import { expect, test } from 'vitest';
import { MASK_DIRECTION } from './mask-direction.data.ts';
import { maskOfDescription } from './mask-of-description.ts';

const direction = Float32Array.from(new Int8Array(Buffer.from(MASK_DIRECTION, 'base64')));

test('the direction has a byte for every number of the description', () => {
  expect(direction).toHaveLength(1024);
});

test('a description counts by where it points, not by its length', () => {
  const masked = maskOfDescription(direction);
  expect(masked).toBeGreaterThan(0.9);
  expect(maskOfDescription(direction.map((value) => 7 * value))).toBeCloseTo(masked);
  expect(maskOfDescription(direction.map((value) => -value))).toBeLessThan(0.1);
});

test('a description of nothing says next to nothing', () => {
  expect(maskOfDescription(new Float32Array(1024))).toBeCloseTo(0.5, 1);
});
