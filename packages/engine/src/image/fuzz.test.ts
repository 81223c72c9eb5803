import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { EngineError } from '../vocabulary/errors.ts';
import { decodeImage } from './decode.ts';
import { configureLibvips } from './libvips.ts';

/** Long enough for every run of one format on a busy machine; a decoder that hangs runs into it. */
const TIMEOUT_MS = 60_000;

const ACCEPTABLE = ['image-unreadable', 'payload-too-large', 'unsupported-media'];

const noise = (): Sharp =>
  sharp({
    create: {
      width: 40,
      height: 24,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 50 },
    },
  });

const SEEDS: Readonly<Record<string, () => Promise<Buffer>>> = {
  JPEG: () => noise().jpeg().toBuffer(),
  'progressive JPEG': () => noise().jpeg({ progressive: true }).toBuffer(),
  'JPEG with EXIF and profile': () =>
    noise().withMetadata({ orientation: 6 }).withIccProfile('p3').jpeg().toBuffer(),
  PNG: () => noise().png().toBuffer(),
  'interlaced palette PNG': () => noise().png({ palette: true, progressive: true }).toBuffer(),
  WebP: () => noise().ensureAlpha(0.5).webp().toBuffer(),
  'lossless WebP': () => noise().webp({ lossless: true }).toBuffer(),
  AVIF: () => noise().avif({ effort: 0 }).toBuffer(),
  TIFF: () => noise().tiff({ compression: 'none' }).toBuffer(),
  'LZW TIFF': () => noise().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer(),
  'tiled JPEG TIFF': () =>
    noise().tiff({ compression: 'jpeg', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
  BMP: () => Promise.resolve(plainBmp()),
};

/** 24 bit, 4×4. */
function plainBmp(): Buffer {
  const file = Buffer.alloc(54 + 48, 90);
  file.write('BM', 'latin1');
  for (const [offset, value] of [
    [10, 54],
    [14, 40],
    [18, 4],
    [22, 4],
    [26, 1 + 24 * 65536],
    [30, 0],
    [46, 0],
  ] as const) {
    file.writeUInt32LE(value, offset);
  }
  return file;
}

/** Places and what is written there; half of them fall where headers are. */
const damage = fc.array(
  fc.record({
    at: fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 100_000 })),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 4 }),
      fc.constantFrom([0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0]),
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

function damaged(seed: Buffer, wounds: readonly { at: number; bytes: ArrayLike<number> }[]): Buffer {
  const file = Buffer.from(seed);
  for (const { at, bytes } of wounds) {
    const place = at % file.length;
    file.set(Array.from(bytes).slice(0, file.length - place), place);
  }
  return file;
}

async function expectPictureOrEngineError(file: Buffer): Promise<void> {
  try {
    const { image } = await decodeImage(file);
    expect(image.pixels.length).toBe(3 * image.width * image.height);
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    expect(ACCEPTABLE).toContain((error as EngineError).code);
  }
}

describe('a damaged picture decodes or fails with the right code, and does nothing else', () => {
  beforeAll(configureLibvips);

  test.each(Object.keys(SEEDS))('%s', { timeout: TIMEOUT_MS }, async (name) => {
    const seed = await SEEDS[name]!();
    await expectPictureOrEngineError(seed);
    await fc.assert(
      fc.asyncProperty(damage, (wounds) => expectPictureOrEngineError(damaged(seed, wounds))),
      { numRuns: 150 },
    );
  });

  test('random bytes behind every signature', { timeout: TIMEOUT_MS }, async () => {
    const heads = [...(await Promise.all(Object.values(SEEDS).map((seed) => seed())))].map((seed) =>
      seed.subarray(0, 32),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), (head, tail) =>
        expectPictureOrEngineError(Buffer.concat([head, tail])),
      ),
      { numRuns: 300 },
    );
  });
});
