import { describe, expect, it } from 'vitest';
import { encodeAlike, sequenceFor } from './encode-alike.ts';
import type { Portrayed } from './manipulation.ts';
import { MANIPULATION_NAMES, MANIPULATIONS } from './manipulations.ts';
import { type Raster, readRaster } from './raster.ts';

const SIDE = 160;

/** Waves of a wavelength of their own, with a ring of mesh points about the middle. */
function portrayed(wavelength: number): Portrayed {
  const pixels = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, p) => {
    const [x, y] = [Math.floor(p / 3) % SIDE, Math.floor(p / 3 / SIDE)];
    return 128 + 60 * Math.sin(x / wavelength) * Math.cos(y / (wavelength + 1)) + 10 * (p % 3);
  });
  const mesh = Array.from({ length: 468 }, (_, i) => ({
    x: SIDE / 2 + 40 * Math.sin(i),
    y: SIDE / 2 + 45 * Math.cos(i),
  }));
  return { raster: { width: SIDE, height: SIDE, pixels }, mesh };
}

const ingredients = (name: string) => ({
  target: portrayed(2.3),
  donor: portrayed(4.1),
  random: sequenceFor('picture', name),
});

const differsAt = (a: Raster, b: Raster, x: number, y: number): boolean =>
  [0, 1, 2].some(
    (channel) => a.pixels[3 * (y * SIDE + x) + channel] !== b.pixels[3 * (y * SIDE + x) + channel],
  );

describe.each(MANIPULATION_NAMES)('the manipulation %s', (name) => {
  it('changes the face and nothing far from it', async () => {
    const { target } = ingredients(name);
    const made = await MANIPULATIONS[name](ingredients(name));
    const inFace = Array.from({ length: 40 }, (_, i) => differsAt(made, target.raster, 60 + i, 80));
    expect(inFace.filter(Boolean).length).toBeGreaterThan(20);
    for (const place of [3, 12, SIDE - 12, SIDE - 3]) {
      expect(differsAt(made, target.raster, place, place)).toBe(false);
    }
  });

  it('makes the same picture every time', async () => {
    const [first, second] = [
      await MANIPULATIONS[name](ingredients(name)),
      await MANIPULATIONS[name](ingredients(name)),
    ];
    expect(Buffer.compare(first.pixels, second.pixels)).toBe(0);
  });

  it('leaves on the road that the untouched picture takes: same size, same tables', async () => {
    const untouched = await encodeAlike(ingredients(name).target.raster, 'picture');
    const made = await encodeAlike(await MANIPULATIONS[name](ingredients(name)), 'picture');
    expect(quantisationTables(made)).toEqual(quantisationTables(untouched));
    const [a, b] = [await readRaster(made), await readRaster(untouched)];
    expect([a.width, a.height]).toEqual([b.width, b.height]);
  });
});

it('encodes pictures in different ways by their names, from 75 to 95 and from four fifths to all of their size', async () => {
  const { raster } = portrayed(3);
  const names = Array.from({ length: 40 }, (_, i) => `picture ${i}`);
  const files = await Promise.all(names.map((name) => encodeAlike(raster, name)));
  const widths = await Promise.all(files.map(async (file) => (await readRaster(file)).width));
  expect(new Set(files.map((file) => quantisationTables(file).toString('hex'))).size).toBeGreaterThan(8);
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(0.8 * SIDE);
  expect(widths.filter((width) => width === SIDE).length).toBeGreaterThan(8);
});

/** The first segment of tables (DQT). */
function quantisationTables(jpeg: Uint8Array): Buffer {
  const file = Buffer.from(jpeg);
  const at = file.indexOf(Buffer.from([0xff, 0xdb]));
  return file.subarray(at, at + 2 + file.readUInt16BE(at + 2));
}
