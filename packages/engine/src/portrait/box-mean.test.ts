import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxMean } from './box-mean.ts';

test('each pixel is the mean of its square, cut at the edges', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 12 }),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 81, maxLength: 81 }),
      (width, height, radius, numbers) => {
        const values = Float32Array.from(numbers.slice(0, width * height));
        const means = boxMean(values, { width, height }, radius);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const near = [...values].filter(
              (_, i) => Math.abs((i % width) - x) <= radius && Math.abs(Math.floor(i / width) - y) <= radius,
            );
            const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
            expect(means[y * width + x]).toBeCloseTo(mean, 3);
          }
      },
    ),
  );
});
