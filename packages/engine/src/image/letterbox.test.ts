import { describe, expect, test } from 'vitest';
import { apply } from '../geometry/affine.ts';
import { letterbox } from './letterbox.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';
import { type QuarterTurn, turnRgb, unturn } from './turn.ts';

const TURNS = [0, 90, 180, 270] as const satisfies readonly QuarterTurn[];

/** Red tells x, green tells y. */
function ramp(width: number, height: number): RgbImage {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      pixels.set([(200 * x) / width + 20, (200 * y) / height + 20, 0], 3 * (y * width + x));
  }
  return rgbImage(width, height, pixels);
}

const pixelAt = ({ pixels, width }: RgbImage, x: number, y: number) => [
  ...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
];

describe('turnRgb', () => {
  test('a clockwise quarter takes the bottom left corner to the top left', () => {
    const image = ramp(5, 3);
    const turned = turnRgb(image, 90);
    expect([turned.width, turned.height]).toEqual([3, 5]);
    expect(pixelAt(turned, 0, 0)).toEqual(pixelAt(image, 0, 2));
    expect(pixelAt(turned, 2, 0)).toEqual(pixelAt(image, 0, 0));
  });

  test.each(TURNS)('unturn leads every pixel of a turn by %d back to where it came from', (degrees) => {
    const image = ramp(6, 4);
    const turned = turnRgb(image, degrees);
    for (let y = 0; y < turned.height; y++) {
      for (let x = 0; x < turned.width; x++) {
        const source = apply(unturn(image, degrees), { x: x + 0.5, y: y + 0.5 });
        expect(pixelAt(turned, x, y)).toEqual(pixelAt(image, source.x - 0.5, source.y - 0.5));
      }
    }
  });

  test('four quarters make the picture again', () => {
    const image = ramp(7, 4);
    const round = turnRgb(turnRgb(turnRgb(turnRgb(image, 90), 90), 90), 90);
    expect(round.pixels).toEqual(image.pixels);
    expect(turnRgb(turnRgb(image, 180), 180).pixels).toEqual(image.pixels);
    expect(turnRgb(turnRgb(image, 270), 90).pixels).toEqual(image.pixels);
  });
});

describe('letterbox', () => {
  const sizes = [
    [300, 200],
    [200, 300],
    [64, 64],
    [37, 11],
    [1000, 3],
    [1, 1],
  ] as const;

  test.each(sizes)('%d×%d is black beyond the picture and as large as it can be', async (width, height) => {
    const { image, scale } = await letterbox(ramp(width, height), { side: 64 });
    expect([image.width, image.height]).toEqual([64, 64]);
    expect(scale).toBe(64 / Math.max(width, height));
    const right = Math.max(1, Math.round(width * scale));
    const bottom = Math.max(1, Math.round(height * scale));
    expect(pixelAt(image, right - 1, bottom - 1)).not.toEqual([0, 0, 0]);
    if (right < 64) expect(pixelAt(image, right, 0)).toEqual([0, 0, 0]);
    if (bottom < 64) expect(pixelAt(image, 0, bottom)).toEqual([0, 0, 0]);
  });

  test.each(TURNS)('turned by %d, its map leads back to the image', async (turn) => {
    const picture = ramp(320, 180);
    const { image, toImage } = await letterbox(picture, { side: 96, turn });
    const isSideways = turn === 90 || turn === 270;
    for (const along of [4, 40, 90]) {
      const [x, y] = isSideways ? [20, along] : [along, 20];
      const source = apply(toImage, { x: x + 0.5, y: y + 0.5 });
      const [red, green] = pixelAt(image, x, y);
      expect(Math.abs(red! - ((200 * (source.x - 0.5)) / 320 + 20))).toBeLessThan(2.5);
      expect(Math.abs(green! - ((200 * (source.y - 0.5)) / 180 + 20))).toBeLessThan(2.5);
    }
  });

  test('fills the shorter side up to a multiple when told, and no further', async () => {
    const { image, toImage } = await letterbox(ramp(320, 180), { side: 160, multiple: 32 });
    expect([image.width, image.height]).toEqual([160, 96]);
    expect(pixelAt(image, 80, 92)).toEqual([0, 0, 0]);
    expect(apply(toImage, { x: 160, y: 90 })).toEqual({ x: 320, y: 180 });
  });

  test('leaves a margin of black on every side when told, and its map leads back over it', async () => {
    const { image, toImage } = await letterbox(ramp(200, 100), { side: 100, margin: 0.25 });
    expect([image.width, image.height]).toEqual([100, 100]);
    expect(pixelAt(image, 24, 24)).toEqual([0, 0, 0]);
    expect(pixelAt(image, 25, 25)).not.toEqual([0, 0, 0]);
    expect(pixelAt(image, 74, 49)).not.toEqual([0, 0, 0]);
    expect(pixelAt(image, 75, 50)).toEqual([0, 0, 0]);
    expect(apply(toImage, { x: 25, y: 25 })).toEqual({ x: 0, y: 0 });
    expect(apply(toImage, { x: 75, y: 50 })).toEqual({ x: 200, y: 100 });
  });
});
