import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convolutionKernels, depthwiseKernels, padAxis, permute } from './spatial.ts';

describe('SAME padding', () => {
  test('puts the odd pixel after the image', () => {
    expect(padAxis({ size: 256, kernel: 5, stride: 2 }, 'SAME')).toEqual({ before: 1, after: 2, count: 128 });
    expect(padAxis({ size: 224, kernel: 3, stride: 2 }, 'SAME')).toEqual({ before: 0, after: 1, count: 112 });
    expect(padAxis({ size: 7, kernel: 3, stride: 1 }, 'SAME')).toEqual({ before: 1, after: 1, count: 7 });
    expect(padAxis({ size: 8, kernel: 2, stride: 2 }, 'SAME')).toEqual({ before: 0, after: 0, count: 4 });
  });

  test('covers every pixel with as many windows as the definition says', () => {
    const window = fc.record({
      size: fc.integer({ min: 1, max: 300 }),
      kernel: fc.integer({ min: 1, max: 9 }),
      stride: fc.integer({ min: 1, max: 4 }),
      dilation: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(window, ({ size, kernel, stride, dilation }) => {
        const { before, after, count } = padAxis({ size, kernel, stride, dilation }, 'SAME');
        const reach = (kernel - 1) * dilation + 1;
        expect(count).toBe(Math.ceil(size / stride));
        expect(after - before === 0 || after - before === 1).toBe(true);
        expect(Math.floor((size + before + after - reach) / stride) + 1).toBe(count);
      }),
    );
  });
});

test('VALID counts the windows that fit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 200 }), fc.integer({ min: 1, max: 4 }), (size, stride) => {
      let fitting = 0;
      for (let start = 0; start + 3 <= size; start += stride) fitting++;
      expect(padAxis({ size, kernel: 3, stride }, 'VALID')).toEqual({ before: 0, after: 0, count: fitting });
    }),
  );
});

test('kernels move from [height, width, in, out] to [out, in, height, width]', () => {
  // Element value = 1000·h + 100·w + 10·i + o.
  const data = Float32Array.from([
    0, 1, 10, 11, 100, 101, 110, 111, 1000, 1001, 1010, 1011, 1100, 1101, 1110, 1111,
  ]);
  const kernels = convolutionKernels({ dims: [2, 2, 2, 2], data });
  expect([...kernels.data.slice(0, 8)]).toEqual([0, 100, 1000, 1100, 10, 110, 1010, 1110]);
  expect(kernels.data[8]).toBe(1);
});

test('depthwise kernels keep the multiples of a channel together', () => {
  const data = Float32Array.from([0, 1, 10, 11, 20, 21]);
  expect(depthwiseKernels({ dims: [1, 1, 3, 2], data })).toEqual({ dims: [6, 1, 1, 1], data });
});

test('permuting there and back restores the tensor', () => {
  const data = Float32Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => i);
  const there = permute({ dims: [2, 3, 4, 5], data }, [3, 2, 0, 1]);
  expect(there.dims).toEqual([5, 4, 2, 3]);
  expect(permute(there, [2, 3, 1, 0])).toEqual({ dims: [2, 3, 4, 5], data });
});
