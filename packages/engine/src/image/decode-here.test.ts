import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeJpegHere } from './decode-here.ts';
import { decodeWithLibvips } from './decode-libvips.ts';
import { readHeader } from './headers/read-header.ts';
import { configureLibvips } from './libvips.ts';
import { libvipsLibrary } from './libvips-library.ts';
import type { RgbImage } from './rgb-image.ts';

const reason = libvipsLibrary ? '' : ' (skipped: libvips cannot be called from here)';
const PIXELS_MAX = 1e7;

const decodedHere = (bytes: Uint8Array): RgbImage | undefined =>
  decodeJpegHere(bytes, readHeader(bytes, 'jpeg'));

/** Colours and edges that change from pixel to pixel. */
function drawn(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    pixels.set([(x * 9) % 256, (y * 7) % 256, 128 + 90 * Math.sin((x * y) / 90)], 3 * i);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function expectSamePixels(bytes: Uint8Array): Promise<void> {
  const sharps = await decodeWithLibvips(bytes, readHeader(bytes, 'jpeg'), { pixelsMax: PIXELS_MAX });
  const ours = decodedHere(bytes);
  expect([ours?.width, ours?.height]).toEqual([sharps.width, sharps.height]);
  expect(Buffer.compare(ours!.pixels, sharps.pixels)).toBe(0);
}

beforeAll(configureLibvips);

describe.skipIf(!libvipsLibrary)(`decodeJpegHere gives the pixels that sharp gives${reason}`, () => {
  test.each([
    { chromaSubsampling: '4:2:0' },
    { chromaSubsampling: '4:4:4' },
    { chromaSubsampling: '4:2:0', progressive: true },
    { chromaSubsampling: '4:4:4', progressive: true },
  ])('%o, whatever its sides', async (options) => {
    for (const [width, height] of [
      [1, 1],
      [2, 3],
      [7, 8],
      [16, 16],
      [17, 33],
      [40, 15],
      [251, 1117],
    ] as const) {
      await expectSamePixels(await drawn(width, height).jpeg(options).toBuffer());
    }
  });

  test.each([1, 3, 6, 8])('turned: orientation %d', async (orientation) => {
    await expectSamePixels(await drawn(64, 24).withMetadata({ orientation }).jpeg().toBuffer());
  });

  test('with an sRGB profile', async () => {
    await expectSamePixels(await drawn(64, 24).withIccProfile('srgb').jpeg().toBuffer());
  });

  test.each([1, 2, 3, 4, 5, 6])('photograph %d', async (number) => {
    const name = `@vladmandic/face-api/demo/sample${number}.jpg`;
    await expectSamePixels(readFileSync(createRequire(import.meta.url).resolve(name)));
  });

  test('in the middle of other bytes, which it leaves as they were', async () => {
    const bytes = await drawn(32, 32).jpeg().toBuffer();
    const larger = new Uint8Array(bytes.length + 20);
    larger.set(bytes, 7);
    const before = Uint8Array.from(larger);
    await expectSamePixels(larger.subarray(7, 7 + bytes.length));
    expect(larger).toEqual(before);
  });

  test('pixels outlive their neighbours, thousands of which come and go', async () => {
    const bytes = await drawn(320, 200).jpeg().toBuffer();
    const first = decodedHere(bytes)!;
    const expected = Uint8Array.from(first.pixels);
    for (let i = 0; i < 3000; i++) {
      decodedHere(bytes);
      if (i % 100 === 0) await new Promise(setImmediate);
    }
    expect(Buffer.compare(first.pixels, expected)).toBe(0);
  });
});

describe('decodeJpegHere leaves to sharp', () => {
  test.each<[string, () => Promise<Buffer>]>([
    ['shades of grey', () => drawn(16, 16).toColourspace('b-w').jpeg().toBuffer()],
    ['CMYK', () => drawn(16, 16).toColourspace('cmyk').jpeg().toBuffer()],
    ['a profile other than sRGB', () => drawn(16, 16).withIccProfile('p3').jpeg().toBuffer()],
    ['mirrored: 2', () => drawn(16, 16).withMetadata({ orientation: 2 }).jpeg().toBuffer()],
    ['mirrored: 7', () => drawn(16, 16).withMetadata({ orientation: 7 }).jpeg().toBuffer()],
    ['cut short', async () => (await drawn(64, 64).jpeg().toBuffer()).subarray(0, -40)],
  ])('%s', async (_name, encode) => {
    expect(decodedHere(await encode())).toBeUndefined();
  });

  test('another size than was checked', async () => {
    const bytes = await drawn(64, 64).jpeg().toBuffer();
    const header = readHeader(bytes, 'jpeg');
    expect(decodeJpegHere(bytes, { ...header, height: 63 })).toBeUndefined();
  });

  test('more scans over more pixels than may keep a thread', async () => {
    const bytes = await drawn(64, 64).jpeg({ progressive: true }).toBuffer();
    const header = readHeader(bytes, 'jpeg');
    expect(decodeJpegHere(bytes, { ...header, decodedPixels: 4e7 + 1 })).toBeUndefined();
  });
});
