import { expect, test } from 'vitest';
import { labOf } from './cielab.ts';

test.each([
  [
    [255, 255, 255],
    [100, 0, 0],
  ],
  [
    [0, 0, 0],
    [0, 0, 0],
  ],
  [
    [119, 119, 119],
    [50.03, 0, 0],
  ],
  [
    [255, 0, 0],
    [53.24, 80.09, 67.2],
  ],
  [
    [0, 255, 0],
    [87.73, -86.18, 83.18],
  ],
  [
    [0, 0, 255],
    [32.3, 79.19, -107.86],
  ],
] as const)('%o is %o', (rgb, lab) => {
  for (const [axis, value] of labOf(rgb).entries()) expect(Math.abs(value - lab[axis]!)).toBeLessThan(0.05);
});
