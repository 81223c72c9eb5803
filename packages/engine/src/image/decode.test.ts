import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { EngineError, type EngineErrorCode } from '../vocabulary/errors.ts';
import { decodeImage } from './decode.ts';
import { configureLibvips } from './libvips.ts';
import type { RgbImage } from './rgb-image.ts';

const WIDTH = 48;
const HEIGHT = 32;
const RED = [220, 30, 40] as const;
const GREEN = [30, 200, 60] as const;
const BLUE = [20, 60, 210] as const;
const YELLOW = [230, 210, 30] as const;

/** One colour in each quarter, so that every orientation and every mix-up of channels shows. */
function drawQuarters(): Buffer {
  const pixels = Buffer.alloc(3 * WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [left, right] = y < HEIGHT / 2 ? [RED, GREEN] : [BLUE, YELLOW];
      pixels.set(x < WIDTH / 2 ? left : right, 3 * (y * WIDTH + x));
    }
  }
  return pixels;
}

const drawing = (): Sharp => sharp(drawQuarters(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });

/** Mean absolute difference from the drawing, 0..255. */
function differenceFromDrawing({ pixels }: RgbImage): number {
  const expected = drawQuarters();
  return pixels.reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0) / pixels.length;
}

const pixelAt = ({ pixels, width }: RgbImage, x: number, y: number) => [
  ...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
];

async function codeOf(
  bytes: Uint8Array,
  limits?: Parameters<typeof decodeImage>[1],
): Promise<EngineErrorCode | 'decoded'> {
  try {
    await decodeImage(bytes, limits);
    return 'decoded';
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
}

interface Encoding {
  readonly name: string;
  readonly encode: () => Promise<Buffer>;
  /** Mean per channel, 0..255. CMYK cannot print colours this strong. */
  readonly differenceMax?: number;
}

const ENCODINGS: readonly Encoding[] = [
  { name: 'JPEG', encode: () => drawing().jpeg({ quality: 95 }).toBuffer() },
  { name: 'progressive JPEG', encode: () => drawing().jpeg({ quality: 95, progressive: true }).toBuffer() },
  {
    name: 'CMYK JPEG',
    encode: () => drawing().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
    differenceMax: 40,
  },
  {
    name: 'JPEG with an sRGB profile',
    encode: () => drawing().withIccProfile('srgb').jpeg({ quality: 95 }).toBuffer(),
  },
  {
    name: 'JPEG with a Display P3 profile',
    encode: () => drawing().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
  },
  { name: 'PNG', encode: () => drawing().png().toBuffer() },
  { name: 'interlaced PNG', encode: () => drawing().png({ progressive: true }).toBuffer() },
  { name: 'palette PNG', encode: () => drawing().png({ palette: true }).toBuffer() },
  { name: '16-bit PNG', encode: () => drawing().toColourspace('rgb16').png().toBuffer() },
  { name: 'PNG with alpha', encode: () => drawing().ensureAlpha().png().toBuffer() },
  { name: 'WebP', encode: () => drawing().webp({ quality: 95 }).toBuffer() },
  { name: 'lossless WebP', encode: () => drawing().webp({ lossless: true }).toBuffer() },
  { name: 'WebP with alpha', encode: () => drawing().ensureAlpha(0.999).webp({ quality: 95 }).toBuffer() },
  { name: 'AVIF', encode: () => drawing().avif({ quality: 90 }).toBuffer() },
  { name: 'TIFF', encode: () => drawing().tiff({ compression: 'none' }).toBuffer() },
  { name: 'LZW TIFF', encode: () => drawing().tiff({ compression: 'lzw' }).toBuffer() },
  { name: 'tiled TIFF', encode: () => drawing().tiff({ compression: 'deflate', tile: true }).toBuffer() },
  { name: 'JPEG in TIFF', encode: () => drawing().tiff({ compression: 'jpeg', quality: 95 }).toBuffer() },
  {
    name: '16-bit TIFF',
    encode: () => drawing().toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer(),
  },
];

beforeAll(configureLibvips);

describe('decodeImage', () => {
  test.each(ENCODINGS)('$name gives back the drawing', async ({ encode, differenceMax = 6 }) => {
    const { image } = await decodeImage(await encode());
    expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
    expect(image.pixels.length).toBe(3 * WIDTH * HEIGHT);
    expect(differenceFromDrawing(image)).toBeLessThan(differenceMax);
  });

  test('the format found is told', async () => {
    const formats = await Promise.all(
      ['JPEG', 'PNG', 'WebP', 'AVIF', 'TIFF'].map(async (name) => {
        const { encode } = ENCODINGS.find((encoding) => encoding.name === name)!;
        return (await decodeImage(await encode())).format;
      }),
    );
    expect(formats).toEqual(['jpeg', 'png', 'webp', 'avif', 'tiff']);
  });

  test('pixels are a plain Uint8Array, whatever decoded them', async () => {
    const { image } = await decodeImage(await drawing().png().toBuffer());
    expect(image.pixels.constructor).toBe(Uint8Array);
  });

  test('the same bytes give the same pixels', async () => {
    const bytes = await drawing().jpeg().toBuffer();
    const [first, second] = await Promise.all([decodeImage(bytes), decodeImage(bytes)]);
    expect(first.image.pixels).toEqual(second.image.pixels);
  });

  test('the bytes are left as they were', async () => {
    const bytes = await drawing().jpeg().toBuffer();
    const before = Uint8Array.from(bytes);
    await decodeImage(bytes);
    expect(Uint8Array.from(bytes)).toEqual(before);
  });

  test('bytes in the middle of a larger buffer are read from where they begin', async () => {
    const bytes = await drawing().png().toBuffer();
    const larger = new Uint8Array(bytes.length + 20);
    larger.set(bytes, 7);
    const { image } = await decodeImage(larger.subarray(7, 7 + bytes.length));
    expect(differenceFromDrawing(image)).toBe(0);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %d is applied', async (orientation) => {
    const stored = await storedFor(orientation)
      .withMetadata({ orientation })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { image } = await decodeImage(stored);
    expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
    expect(differenceFromDrawing(image)).toBeLessThan(4);
  });

  test('greyscale of 8 and of 16 bits becomes three equal channels', async () => {
    const grey = sharp(Buffer.alloc(64, 137), { raw: { width: 8, height: 8, channels: 1 } });
    const eight = await decodeImage(await grey.clone().toColourspace('b-w').png().toBuffer());
    expect(pixelAt(eight.image, 3, 3)).toEqual([137, 137, 137]);
    const sixteen = await decodeImage(await grey.clone().toColourspace('grey16').png().toBuffer());
    expect(pixelAt(sixteen.image, 3, 3)).toEqual([137, 137, 137]);
  });

  test('transparent pixels show white', async () => {
    const clear = {
      create: { width: 4, height: 4, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    } as const;
    const { image } = await decodeImage(await sharp(clear).png().toBuffer());
    expect(pixelAt(image, 1, 1)).toEqual([255, 255, 255]);
  });

  test('half-transparent 16-bit pixels are mixed with white', async () => {
    const half = {
      create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
    } as const;
    const { image } = await decodeImage(await sharp(half).toColourspace('rgb16').png().toBuffer());
    for (const value of pixelAt(image, 1, 1)) expect(Math.abs(value - 127)).toBeLessThanOrEqual(1);
  });

  test('a wide-gamut profile is converted, not ignored', async () => {
    const plain = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#d04030' } })
      .png()
      .toBuffer();
    const p3 = await sharp(plain).withIccProfile('p3').png().toBuffer();
    const raw = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
    const { image } = await decodeImage(p3);
    expect(Math.abs(raw[0]! - 0xd0)).toBeGreaterThan(3);
    expect(Math.abs(image.pixels[0]! - 0xd0)).toBeLessThanOrEqual(2);
  });

  test('of an animation the first frame counts', async () => {
    const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 10), Buffer.alloc(8 * 8 * 3, 240)]);
    const animation = await sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
      .webp({ lossless: true })
      .toBuffer();
    const { image } = await decodeImage(animation);
    expect([image.width, image.height, image.pixels[0]]).toEqual([8, 8, 10]);
  });
});

describe('what decodeImage refuses', () => {
  test('no bytes', async () => {
    expect(await codeOf(new Uint8Array())).toBe('image-empty');
  });

  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['XML', '<?xml version="1.0"?><svg/>'],
    ['GIF', 'GIF89a\x01\0\x01\0\0\0\0;'],
    ['PDF', '%PDF-1.7\n'],
    ['PostScript', '%!PS-Adobe-3.0'],
    ['text', 'BM is not always a bitmap, nor is RIFF a WebP.'],
    ['WAV', 'RIFF\x24\0\0\0WAVEfmt '],
    ['MP4', '\0\0\0\x18ftypmp42\0\0\0\0mp42isom'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['ICO', '\0\0\x01\0\x01\0'],
    ['one byte', '\xff'],
  ])('%s', async (_name, text) => {
    expect(await codeOf(Buffer.from(text, 'latin1'))).toBe('unsupported-media');
  });

  test('more bytes, a longer side or more pixels than the limits allow', async () => {
    const bytes = await drawing().png().toBuffer();
    const wide = { bytesMax: 1e6, sideMax: 100, pixelsMax: 1e6 };
    expect(await codeOf(bytes, wide)).toBe('decoded');
    expect(await codeOf(bytes, { ...wide, bytesMax: bytes.length - 1 })).toBe('payload-too-large');
    expect(await codeOf(bytes, { ...wide, sideMax: WIDTH - 1 })).toBe('payload-too-large');
    expect(await codeOf(bytes, { ...wide, pixelsMax: WIDTH * HEIGHT - 1 })).toBe('payload-too-large');
  });

  test.each(ENCODINGS)(
    '$name that declares more pixels than the limit, before decoding',
    async ({ encode }) => {
      const limits = { bytesMax: 1e6, sideMax: 100, pixelsMax: WIDTH * HEIGHT - 1 };
      expect(await codeOf(await encode(), limits)).toBe('payload-too-large');
    },
  );

  test('a progressive JPEG with scans enough to keep a decoder busy', async () => {
    const bytes = await drawing().jpeg({ progressive: true }).toBuffer();
    const limits = { bytesMax: 1e6, sideMax: 100, pixelsMax: WIDTH * HEIGHT };
    expect(await codeOf(bytes, limits)).toBe('decoded');
    const scan = bytes.subarray(bytes.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    const bomb = Buffer.concat([bytes.subarray(0, -2), ...Array<Buffer>(20).fill(scan), bytes.subarray(-2)]);
    expect(await codeOf(bomb, limits)).toBe('payload-too-large');
  });

  test('a JPEG with thousands of segments, which decoders would keep', async () => {
    const bytes = await drawing().jpeg().toBuffer();
    const withSegments = (count: number) =>
      Buffer.concat([
        bytes.subarray(0, 2),
        Buffer.alloc(4 * count, Buffer.from([0xff, 0xe1, 0, 2])),
        bytes.subarray(2),
      ]);
    expect(await codeOf(withSegments(300))).toBe('decoded');
    expect(await codeOf(withSegments(5000))).toBe('image-unreadable');
  });

  test('a JPEG with more pixels than the limit, declared behind markers without a segment', async () => {
    const bytes = await drawing().jpeg().toBuffer();
    const alone = Buffer.from([0xff, 0x01, 0xff, 0xd3]);
    const hidden = Buffer.concat([bytes.subarray(0, 2), alone, bytes.subarray(2)]);
    expect(await codeOf(hidden)).toBe('decoded');
    const limits = { bytesMax: 1e6, sideMax: 100, pixelsMax: WIDTH * HEIGHT - 1 };
    expect(await codeOf(hidden, limits)).toBe('payload-too-large');
  });

  test('a TIFF with thousands of directories', async () => {
    const bytes = await drawing().tiff({ compression: 'none' }).toBuffer();
    const first = bytes.readUInt32LE(4);
    const size = 2 + 12 * bytes.readUInt16LE(first) + 4;
    const chain = Array.from({ length: 2000 }, (_, i) => {
      const directory = Buffer.from(bytes.subarray(first, first + size));
      directory.writeUInt32LE(i < 1999 ? bytes.length + (i + 1) * size : 0, size - 4);
      return directory;
    });
    const many = Buffer.concat([bytes, ...chain]);
    many.writeUInt32LE(bytes.length, first + size - 4);
    expect(await codeOf(many)).toBe('image-unreadable');
  });

  test.each(ENCODINGS)('$name cut short anywhere from 2 to 99 %', { timeout: 30_000 }, async ({ encode }) => {
    const bytes = await encode();
    for (let percent = 2; percent <= 99; percent++) {
      const code = await codeOf(bytes.subarray(0, Math.floor((bytes.length * percent) / 100)));
      expect(['image-unreadable', 'unsupported-media'], `${percent} %`).toContain(code);
    }
  });
});

/** The drawing as a camera would store it, so that applying the orientation restores it. */
function storedFor(orientation: number): Sharp {
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
  const stored = sharp(drawQuarters(), { raw });
  switch (orientation) {
    case 2:
      return stored.flop();
    case 3:
      return stored.rotate(180);
    case 4:
      return stored.flip();
    case 5:
      return sharp(transpose(drawQuarters()), { raw: { ...raw, width: HEIGHT, height: WIDTH } });
    case 6:
      return stored.rotate(270);
    case 7:
      return sharp(transpose(drawQuarters()), { raw: { ...raw, width: HEIGHT, height: WIDTH } }).rotate(180);
    case 8:
      return stored.rotate(90);
    default:
      return stored;
  }
}

/** Rows become columns. */
function transpose(pixels: Buffer): Buffer {
  const turned = Buffer.alloc(pixels.length);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const from = 3 * (y * WIDTH + x);
      turned.set(pixels.subarray(from, from + 3), 3 * (x * HEIGHT + y));
    }
  }
  return turned;
}
