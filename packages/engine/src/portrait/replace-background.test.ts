import { describe, expect, test } from 'vitest';
import { IDENTITY } from '../geometry/affine.ts';
import { plainRgb, type RgbImage } from '../image/rgb-image.ts';
import type { PersonMatte } from '../signals/face-signals.ts';
import type { Rgb } from '../vocabulary/shapes.ts';
import { replaceBackground } from './replace-background.ts';

const BACKGROUND: Rgb = [220, 40, 40];
const PERSON: Rgb = [30, 30, 160];
const WHITE: Rgb = [255, 255, 255];

const clamped = (value: number): number => Math.min(Math.max(value, 0), 1);

/** A disc whose edge is `blur` px wide: a person before a background. */
function drawn(side: number, { radius, blur }: { readonly radius: number; readonly blur: number }): RgbImage {
  const image = plainRgb(side, side, BACKGROUND);
  for (let i = 0; i < side * side; i++) {
    const away = Math.hypot((i % side) + 0.5 - side / 2, Math.floor(i / side) + 0.5 - side / 2);
    const share = clamped((radius - away) / blur + 0.5);
    const mixed = PERSON.map((value, channel) => share * value + (1 - share) * BACKGROUND[channel]!);
    image.pixels.set(mixed.map(Math.round), 3 * i);
  }
  return image;
}

/** A coarse matte of the same disc over the whole picture, off by some of its own pixels to the right. */
function coarseMatte(side: number, radius: number, shift: number): PersonMatte {
  const scale = side / 256;
  const opacity = Float32Array.from({ length: 256 * 256 }, (_, i) => {
    const away = Math.hypot((i % 256) + 0.5 - 128 - shift, Math.floor(i / 256) + 0.5 - 128);
    return clamped((radius / scale - away) / 6 + 0.5);
  });
  return { width: 256, height: 256, opacity, toImage: { ...IDENTITY, a: scale, e: scale } };
}

const replaced = (portrait: RgbImage, matte: PersonMatte, image = portrait) =>
  replaceBackground(portrait, { matte, toImage: IDENTITY, image, colour: WHITE });

interface Pixel {
  readonly x: number;
  readonly y: number;
  readonly colour: readonly number[];
}

const pixelsOf = ({ pixels, width }: RgbImage): Pixel[] =>
  Array.from({ length: pixels.length / 3 }, (_, i) => ({
    x: i % width,
    y: Math.floor(i / width),
    colour: [...pixels.subarray(3 * i, 3 * i + 3)],
  }));

describe.each([
  { side: 240, blur: 1 },
  { side: 240, blur: 4 },
  { side: 500, blur: 2 },
])('a person in a picture of $side px, edges $blur px wide, seen a little off', ({ side, blur }) => {
  const radius = side / 4;
  const pixels = pixelsOf(replaced(drawn(side, { radius, blur }), coarseMatte(side, radius, 2)));
  const away = ({ x, y }: Pixel) => Math.hypot(x + 0.5 - side / 2, y + 0.5 - side / 2) - radius;
  const margin = blur + (8 * side) / 256;

  const isEvery = (wanted: (pixel: Pixel) => boolean, colour: Rgb) =>
    pixels.filter(wanted).every((pixel) => pixel.colour.every((value, i) => value === colour[i]));

  test('stays as it is', () => {
    expect(isEvery((pixel) => away(pixel) < -margin, PERSON)).toBe(true);
  });

  test('stands before the new background', () => {
    expect(isEvery((pixel) => away(pixel) > margin, WHITE)).toBe(true);
  });

  test('has no rim of the old background', () => {
    // Person and new background have as much red as green; the old one has 180 more.
    const excessMax = (wanted: (pixel: Pixel) => boolean) =>
      pixels.filter(wanted).reduce((max, { colour }) => Math.max(max, Math.abs(colour[0]! - colour[1]!)), 0);
    expect(excessMax((pixel) => Math.abs(away(pixel)) > blur)).toBeLessThan(20);
    // Where the picture itself mixes the two, less than half may remain.
    expect(excessMax(() => true)).toBeLessThan(90);
  });

  test('has its edge where the picture has it, not where the matte does', () => {
    const isPerson = ({ colour }: Pixel) => colour[0]! < 142;
    const wrong = pixels.filter(
      (pixel) => Math.abs(away(pixel)) > blur && isPerson(pixel) !== away(pixel) < 0,
    );
    expect(wrong.length).toBeLessThan(0.05 * 2 * Math.PI * radius);
  });
});

test('what lies outside the image keeps its padding', () => {
  const portrait = plainRgb(20, 10, BACKGROUND);
  const { pixels } = replaced(portrait, coarseMatte(20, 0, 0), plainRgb(12, 10, BACKGROUND));
  expect([...pixels.subarray(0, 3)]).toEqual([...WHITE]);
  expect([...pixels.subarray(3 * 11, 3 * 11 + 3)]).toEqual([...WHITE]);
  expect([...pixels.subarray(3 * 12, 3 * 12 + 3)]).toEqual([...BACKGROUND]);
});

test.each([
  [1, 1],
  [1, 7],
  [5, 1],
])('a portrait of %i×%i can be made', (width, height) => {
  const { pixels } = replaced(plainRgb(width, height, BACKGROUND), coarseMatte(8, 0, 0));
  expect([...pixels]).toEqual(Array(3 * width * height).fill(255));
});
