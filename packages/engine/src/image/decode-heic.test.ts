import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../vocabulary/errors.ts';
import { decodeImage } from './decode.ts';
import { DEFAULT_IMAGE_LIMITS } from './limits.ts';

/** A drawing of 64×48 with one colour in each quarter, encoded with x265 by `heif-enc`. */
const DRAWING = [
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA',
  'AA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAwQACAAEAAAAAAAAA',
  'AQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAA',
  'ALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQED',
  'cAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlz',
  'cGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGlt',
  'ZwACAAEAAQAAAMltZGF0AAAAvSgBrwngITip//Gw//usdl7kjp5Wnv1j/+78vvJef/l0bdH6Nrzf/DaO+ffv+OecTCyflH/6Csvr',
  'QMWnO57AywHO/G8TIKS5Ibds3Wje/cwmABDbrNxbB+vwh8f2U9GH1ydacl5VMRiRaMgh5+6Ph5PpleLPSOPyrkg2WY5qQ7tPZMrN',
  'J+bcBqua4PCbOUqs6u2Ch/67eHmU0mrHRTnusa62tF4NAZ/beZfhhFB4MPrXrnzKuMf7ZqtnBkDnQA==',
].join('');

const bytes = Buffer.from(DRAWING, 'base64');

const codeOf = (file: Uint8Array, limits = DEFAULT_IMAGE_LIMITS) =>
  decodeImage(file, limits).then(
    () => 'decoded',
    (error: unknown) => (error instanceof EngineError ? error.code : error),
  );

describe('decodeHeic', () => {
  test('gives back the drawing', async () => {
    const { image, format } = await decodeImage(bytes);
    expect([format, image.width, image.height]).toEqual(['heic', 64, 48]);
    const corners = [
      [5, 5, 220, 30, 40],
      [58, 5, 30, 200, 60],
      [5, 42, 20, 60, 210],
      [58, 42, 230, 210, 30],
    ] as const;
    for (const [x, y, ...colour] of corners) {
      const pixel = image.pixels.subarray(3 * (y * 64 + x), 3 * (y * 64 + x) + 3);
      for (const [channel, value] of colour.entries())
        expect(Math.abs(pixel[channel]! - value)).toBeLessThan(10);
    }
  });

  test('declared sides are checked before the decoder is loaded', async () => {
    expect(await codeOf(bytes, { ...DEFAULT_IMAGE_LIMITS, sideMax: 63 })).toBe('payload-too-large');
    const lying = Buffer.from(bytes);
    for (let at = lying.indexOf('ispe'); at >= 0; at = lying.indexOf('ispe', at + 4))
      lying.writeUInt32BE(2 ** 31, at + 8);
    expect(await codeOf(lying)).toBe('payload-too-large');
  });

  test('a file cut short is unreadable', { timeout: 30_000 }, async () => {
    for (let percent = 2; percent <= 99; percent++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * percent) / 100));
      expect(await codeOf(cut), `${percent} %`).toBe('image-unreadable');
    }
  });

  test('a damaged file decodes or fails with the right code, and does nothing else', {
    timeout: 60_000,
  }, async () => {
    const wound = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(wound, { minLength: 1, maxLength: 5 }), async (wounds) => {
        const file = Buffer.from(bytes);
        for (const [at, value] of wounds) file[at] = value;
        const expected = ['decoded', 'image-unreadable', 'payload-too-large', 'unsupported-media'];
        expect(expected).toContain(await codeOf(file));
      }),
      { numRuns: 100 },
    );
  });
});
