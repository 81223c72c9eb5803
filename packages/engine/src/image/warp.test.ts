import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Affine, IDENTITY } from '../geometry/affine.ts';
import { toPlanes } from './planes.ts';
import { plainRgb, type RgbImage, rgbImage } from './rgb-image.ts';
import { warpRgb, warpToPlanes } from './warp.ts';

const MAGENTA = [255, 0, 255] as const;

/** Red grows with x, green with y, blue with both: a bilinear sample of it is known exactly. */
function ramp(width: number, height: number, step = 1): RgbImage {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set([x * step, y * step, ((x + y) * step) / 2], 3 * (y * width + x));
    }
  }
  return rgbImage(width, height, pixels);
}

const at = (image: RgbImage, x: number, y: number) => [
  ...image.pixels.subarray(3 * (y * image.width + x), 3 * (y * image.width + x) + 3),
];

const rotation = (degrees: number, about: number): Affine => {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return {
    a: cos,
    b: -sin,
    c: about - cos * about + sin * about,
    d: sin,
    e: cos,
    f: about - sin * about - cos * about,
  };
};

const PLAIN = { colour: 'RGB', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;

/** Left and right exchanged, in every plane of `width` columns; a new array. */
function mirrorPlanes(planes: Float32Array, width: number): Float32Array {
  const mirrored = planes.slice();
  for (let at = 0; at < mirrored.length; at += width) mirrored.subarray(at, at + width).reverse();
  return mirrored;
}

describe('warpRgb', () => {
  test('the identity copies every pixel, edges included', () => {
    const image = ramp(17, 9, 7);
    expect(warpRgb(image, IDENTITY, { width: 17, height: 9, fill: MAGENTA }).pixels).toEqual(image.pixels);
  });

  test('whole-pixel shifts copy, and what lies outside takes the fill', () => {
    const moved = warpRgb(
      ramp(8, 8, 9),
      { ...IDENTITY, c: -3, f: 2 },
      { width: 12, height: 8, fill: MAGENTA },
    );
    expect(at(moved, 2, 0)).toEqual([...MAGENTA]);
    expect(at(moved, 3, 0)).toEqual([0, 18, 9]);
    expect(at(moved, 10, 5)).toEqual([63, 63, 63]);
    expect(at(moved, 11, 5)).toEqual([...MAGENTA]);
    expect(at(moved, 5, 6)).toEqual([...MAGENTA]);
  });

  test('a half-pixel shift is the mean of two neighbours', () => {
    const moved = warpRgb(ramp(6, 3, 40), { ...IDENTITY, c: 0.5 }, { width: 5, height: 3, fill: MAGENTA });
    expect(at(moved, 1, 1)).toEqual([60, 40, 50]);
  });

  test('quarter turns are exact', () => {
    const image = ramp(10, 10, 20);
    const turned = warpRgb(
      image,
      { a: 0, b: 1, c: 0, d: -1, e: 0, f: 10 },
      { width: 10, height: 10, fill: MAGENTA },
    );
    for (const [x, y] of [
      [0, 0],
      [9, 0],
      [4, 7],
      [9, 9],
    ] as const) {
      expect(at(turned, x, y)).toEqual(at(image, y, 9 - x));
    }
  });

  test.each([1, 1.5, 2, 2.7, 3, 5.3, 8])('shrinking by %d keeps a ramp where it was', (scale) => {
    const image = ramp(240, 240);
    const side = Math.floor(240 / scale);
    const small = warpRgb(
      image,
      { a: scale, b: 0, c: 0, d: 0, e: scale, f: 0 },
      { width: side, height: side, fill: MAGENTA },
    );
    const middle = Math.floor(side / 2);
    const [red, green] = at(small, middle, middle - 1);
    expect(Math.abs(red! - ((middle + 0.5) * scale - 0.5))).toBeLessThanOrEqual(1.01);
    expect(Math.abs(green! - ((middle - 0.5) * scale - 0.5))).toBeLessThanOrEqual(1.01);
  });

  test('a fine chequerboard shrinks to grey instead of aliasing', () => {
    const pixels = new Uint8Array(3 * 64 * 64);
    for (let i = 0; i < 64 * 64; i++)
      pixels.fill(((i % 64) + Math.floor(i / 64)) % 2 ? 255 : 0, 3 * i, 3 * i + 3);
    for (const scale of [2, 3, 4, 6]) {
      const map = { a: scale, b: 0, c: 0, d: 0, e: scale, f: 0 };
      const small = warpRgb(rgbImage(64, 64, pixels), map, { width: 8, height: 8, fill: MAGENTA });
      for (const value of small.pixels) expect(Math.abs(value - 127.5)).toBeLessThan(20);
    }
  });

  test('a picture of one colour stays that colour under every map that stays inside', () => {
    const image = plainRgb(50, 40, [12, 200, 77]);
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (degrees) => {
        const turned = warpRgb(image, rotation(degrees, 20), { width: 40, height: 40, fill: [12, 200, 77] });
        for (let p = 0; p < turned.pixels.length; p += 3) {
          expect([...turned.pixels.subarray(p, p + 3)]).toEqual([12, 200, 77]);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('any map, however wild, gives finite values and never reads beyond the image', () => {
    const image = plainRgb(7, 5, [9, 9, 9]);
    const wild = fc.oneof(fc.double(), fc.double({ min: -3, max: 3 }));
    fc.assert(
      fc.property(fc.record({ a: wild, b: wild, c: wild, d: wild, e: wild, f: wild }), (map) => {
        const planes = warpToPlanes(image, map, { side: 6, ...PLAIN });
        for (const value of planes) expect(value >= 0 && value < 9.01).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [1, 1],
    [1, 9],
    [9, 1],
  ])('a %d×%d picture can be warped', (width, height) => {
    const small = warpRgb(plainRgb(width, height, [5, 6, 7]), IDENTITY, { width, height, fill: MAGENTA });
    expect(at(small, 0, 0)).toEqual([5, 6, 7]);
  });
});

describe('warpToPlanes', () => {
  test('equals the warped picture laid out in planes, up to rounding', () => {
    const image = ramp(60, 60, 4);
    const map = rotation(33, 30);
    const scaling = { colour: 'BGR', scale: 255, mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.4] } as const;
    const planes = warpToPlanes(image, map, { side: 48, ...scaling });
    const rounded = toPlanes(warpRgb(image, map, { width: 48, height: 48, fill: [0, 0, 0] }), scaling);
    const worst = planes.reduce((most, value, i) => Math.max(most, Math.abs(value - rounded[i]!)), 0);
    expect(worst).toBeLessThan(0.51 / (255 * 0.2));
  });

  test('planes come in the order of the colour, each with its own mean and deviation', () => {
    const chip = { side: 2, scale: 2, mean: [1, 2, 3], std: [10, 20, 40] } as const;
    const image = plainRgb(4, 4, [20, 40, 60]);
    const map = { ...IDENTITY, c: 1, f: 1 };
    const close = (planes: Float32Array) =>
      [planes[0], planes[4], planes[8]].map((v) => Number(v!.toFixed(5)));
    expect(close(warpToPlanes(image, map, { ...chip, colour: 'RGB' }))).toEqual([0.9, 0.9, 0.675]);
    expect(close(warpToPlanes(image, map, { ...chip, colour: 'BGR' }))).toEqual([2.9, 0.9, 0.175]);
  });

  test('the mirrored chip is the chip with its columns reversed', () => {
    const image = ramp(40, 40, 5);
    const spec = { side: 24, ...PLAIN };
    const mirrored = warpToPlanes(image, rotation(12, 20), { ...spec, mirror: true });
    expect(mirrored).toEqual(mirrorPlanes(warpToPlanes(image, rotation(12, 20), spec), 24));
  });
});
