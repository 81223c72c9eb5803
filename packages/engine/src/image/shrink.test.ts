import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../geometry/affine.ts';
import { rgbImage } from './rgb-image.ts';
import { shrinkRegion } from './shrink.ts';

const anyPicture = fc
  .record({ width: fc.integer({ min: 4, max: 12 }), height: fc.integer({ min: 4, max: 12 }), seed: fc.nat() })
  .map(({ width, height, seed }) =>
    rgbImage(
      width,
      height,
      Uint8Array.from({ length: 3 * width * height }, (_, i) => ((i + seed) * 7919) % 256),
    ),
  );

describe('shrinking', () => {
  it('makes each pixel the rounded mean of the four it stands for', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const region = { left: 1, top: 1, width: picture.width - 1, height: picture.height - 1 };
        const { image } = shrinkRegion(picture, region, 2);
        expect([image.width, image.height]).toEqual([region.width >> 1, region.height >> 1]);
        const at = (x: number, y: number, channel: number) =>
          picture.pixels[3 * (y * picture.width + x) + channel]!;
        for (let y = 0; y < image.height; y++) {
          for (let x = 0; x < image.width; x++) {
            for (const channel of [0, 1, 2]) {
              const [left, top] = [1 + 2 * x, 1 + 2 * y];
              const sum =
                at(left, top, channel) +
                at(left + 1, top, channel) +
                at(left, top + 1, channel) +
                at(left + 1, top + 1, channel);
              expect(image.pixels[3 * (y * image.width + x) + channel]).toBe(Math.round(sum / 4 + 1e-9));
            }
          }
        }
      }),
    );
  });

  it('says where a place of the picture went', () => {
    const picture = rgbImage(10, 10, new Uint8Array(300));
    const { fromImage } = shrinkRegion(picture, { left: 2, top: 4, width: 8, height: 6 }, 2);
    expect(apply(fromImage, { x: 2, y: 4 })).toEqual({ x: 0, y: 0 });
    expect(apply(fromImage, { x: 6, y: 8 })).toEqual({ x: 2, y: 2 });
  });

  it('to a quarter takes the mean of the middle four of each sixteen', () => {
    const pixels = new Uint8Array(3 * 8 * 8).fill(200);
    for (const [x, y] of [
      [1, 1],
      [2, 1],
      [1, 2],
      [2, 2],
    ] as const)
      pixels.set([10 * x, 20 * y, 40], 3 * (8 * y + x));
    const { image, fromImage } = shrinkRegion(
      rgbImage(8, 8, pixels),
      { left: 0, top: 0, width: 8, height: 7 },
      4,
    );
    expect([image.width, image.height]).toEqual([2, 1]);
    expect([...image.pixels]).toEqual([15, 30, 40, 200, 200, 200]);
    expect(apply(fromImage, { x: 8, y: 4 })).toEqual({ x: 2, y: 1 });
  });

  it('to an eighth takes the mean of four about the middle of each sixty-four', () => {
    const pixels = new Uint8Array(3 * 17 * 9).fill(200);
    for (const [x, y] of [
      [2, 2],
      [5, 2],
      [2, 5],
      [5, 5],
    ] as const)
      pixels.set([10 * x, 20 * y, 40], 3 * (17 * y + x));
    const { image, fromImage } = shrinkRegion(
      rgbImage(17, 9, pixels),
      { left: 0, top: 0, width: 17, height: 9 },
      8,
    );
    expect([image.width, image.height]).toEqual([2, 1]);
    expect([...image.pixels]).toEqual([35, 70, 40, 200, 200, 200]);
    expect(apply(fromImage, { x: 16, y: 8 })).toEqual({ x: 2, y: 1 });
  });
});
