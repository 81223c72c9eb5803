import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../image/decode.ts';
import { type RgbImage, rgbImage } from '../../image/rgb-image.ts';
import { forensicWindow } from '../forensic-window.ts';
import { readSignals } from '../read-signals.ts';
import { chanceAt, drawn, ELLIPTIC_MESH, isInFace, noisy, RADII, SIDE } from '../textured-face.fixture.ts';

const read = (image: RgbImage) => readSignals(image, ELLIPTIC_MESH, { isJpeg: true });

const jpegOf = async (image: RgbImage, quality: number): Promise<RgbImage> => {
  const raw = { width: image.width, height: image.height, channels: 3 } as const;
  const bytes = await sharp(image.pixels, { raw }).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
  return (await decodeImage(bytes)).image;
};

/** The face of one picture in another. */
const withFaceOf = (base: RgbImage, other: RgbImage): RgbImage => {
  const at = ({ pixels }: RgbImage, x: number, y: number) =>
    [...pixels.subarray(3 * (y * SIDE + x), 3 * (y * SIDE + x) + 3)] as [number, number, number];
  return drawn((x, y) => at(isInFace(x, y) ? other : base, x, y));
};

describe('the noise of the face against its surroundings', () => {
  it('is the same where one camera took both', () => {
    const [low, middle, across] = read(noisy(20, 20))['noise-residual']!;
    expect(Math.abs(low!)).toBeLessThan(0.06);
    expect(Math.abs(middle!)).toBeLessThan(0.06);
    expect(Math.abs(across!)).toBeLessThan(0.06);
  });

  it('is in the ratio of the two amplitudes', () => {
    const [, middle] = read(noisy(10, 20))['noise-residual']!;
    expect(middle).toBeCloseTo(Math.log(0.5), 1);
  });

  it('hangs together where the face was enlarged', () => {
    const coarse = drawn((x, y) => {
      const value = 128 + 40 * (isInFace(x, y) ? chanceAt(x >> 1, y >> 1) : chanceAt(x, y));
      return [value, value, value];
    });
    const [, , across] = read(coarse)['noise-residual']!;
    expect(across).toBeGreaterThan(0.3);
  });
});

describe('the spectrum', () => {
  const soft = async (image: RgbImage): Promise<RgbImage> => {
    const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
    const small = await sharp(image.pixels, { raw })
      .resize(SIDE / 2, SIDE / 2)
      .raw()
      .toBuffer();
    const half = { width: SIDE / 2, height: SIDE / 2, channels: 3 } as const;
    const back = await sharp(small, { raw: half }).resize(SIDE, SIDE).raw().toBuffer();
    return rgbImage(SIDE, SIDE, back);
  };

  it('lacks its upper rings where the face was made of half as many pixels', async () => {
    const untouched = noisy(40, 40);
    const rings = read(withFaceOf(untouched, await soft(untouched))).spectrum!;
    expect(rings[5]).toBeLessThan(-2);
    expect(rings[0]).toBeGreaterThan(rings[5]!);
    expect(Math.abs(read(untouched).spectrum![5]!)).toBeLessThan(0.3);
  });

  it('shows a lattice every second pixel', () => {
    const lattice = (x: number, y: number) => (isInFace(x, y) && (x + y) % 2 === 0 ? 6 : 0);
    const image = drawn((x, y) => {
      const value = 120 + 10 * chanceAt(x, y) + lattice(x, y) + (isInFace(x, y) && x % 2 === 0 ? 6 : 0);
      return [value, value, value];
    });
    expect(read(image).spectrum!.at(-1)).toBeGreaterThan(1);
    expect(read(noisy(10, 10)).spectrum!.at(-1)).toBeLessThan(0.5);
  });
});

describe('traces of JPEG', () => {
  const gradient = (shift: number): RgbImage =>
    drawn((x, y) => {
      const value =
        100 + 30 * Math.sin((x + shift) / 19) + 30 * Math.cos((y + shift) / 23) + 12 * chanceAt(x, y);
      return [value, value, value];
    });

  const shiftedBy = ({ pixels }: RgbImage, by: number): RgbImage =>
    drawn((x, y) => {
      const p = 3 * (Math.min(SIDE - 1, y + by) * SIDE + Math.min(SIDE - 1, x + by));
      return [pixels[p]!, pixels[p + 1]!, pixels[p + 2]!];
    });

  it('show the blocks of another JPEG in a face that was pasted', async () => {
    const base = await jpegOf(gradient(0), 60);
    const pasted = withFaceOf(base, shiftedBy(await jpegOf(gradient(3), 25), 3));
    const [spliced] = read(pasted)['jpeg-grid']!;
    const [untouched] = read(base)['jpeg-grid']!;
    expect(spliced! - untouched!).toBeGreaterThan(0.1);
  });

  it('show in which steps a face was quantised before', async () => {
    const base = gradient(0);
    const quantised = await jpegOf(base, 50);
    // At quality 50 the lowest coefficients have steps of 10 to 14, of which 12 is tried.
    const misfits = read(withFaceOf(base, quantised))['double-compression']!;
    const twelve = 7;
    expect(misfits[twelve]).toBeLessThan(-0.02);
    expect(Math.abs(read(base)['double-compression']![twelve]!)).toBeLessThan(0.02);
  });

  it('are not looked for in a picture that is no JPEG', () => {
    const readings = readSignals(noisy(20, 20), ELLIPTIC_MESH, { isJpeg: false });
    expect(Object.keys(readings)).toEqual(['spectrum', 'noise-residual', 'colour', 'blending-boundary']);
  });
});

describe('colour', () => {
  it('tells a tint that ends at the outline', () => {
    const image = drawn((x, y) => [isInFace(x, y) ? 180 : 150, 140, 130]);
    const [blueTint, redTint] = read(image).colour!.slice(-2);
    expect(redTint! * 32).toBeCloseTo(15, 0);
    expect(blueTint! * 32).toBeCloseTo(-0.168736 * 30, 0);
  });
});

describe('the boundary', () => {
  it('is level where texture runs on across it', () => {
    for (const ring of read(noisy(20, 20))['blending-boundary']!) expect(Math.abs(ring)).toBeLessThan(0.08);
  });

  it('dips where two pictures were averaged', () => {
    const image = drawn((x, y) => {
      const way = Math.hypot((x + 0.5 - SIDE / 2) / RADII.x, (y + 0.5 - SIDE / 2) / RADII.y);
      const mixing = Math.abs(way - 1) < 0.1;
      const value =
        128 + 20 * (mixing ? (chanceAt(x, y) + chanceAt(x, y, 1)) / 2 : chanceAt(x, y, way < 1 ? 1 : 0));
      return [value, value, value];
    });
    const rings = read(image)['blending-boundary']!;
    expect(rings.indexOf(Math.min(...rings))).toBeOneOf([4, 5]);
    expect(Math.min(...rings)).toBeLessThan(-0.15);
  });
});

describe('a window', () => {
  const scaled = (factor: number) =>
    ELLIPTIC_MESH.map(({ x, y }) => ({
      x: SIDE / 2 + factor * (x - SIDE / 2),
      y: SIDE / 2 + factor * (y - SIDE / 2),
    }));

  it('is not cut of a face with too few pixels', () => {
    expect(forensicWindow(noisy(9, 9), scaled(0.35), 'bounded')).toBeUndefined();
    expect(readSignals(noisy(9, 9), scaled(0.35), { isJpeg: true })).toEqual({});
  });

  it('is not cut where the picture ends at the face', () => {
    expect(forensicWindow(noisy(9, 9), scaled(2.6), 'bounded')).toBeUndefined();
  });

  it('halves the pixels of a large face, and then knows no blocks', () => {
    const window = forensicWindow(noisy(9, 9), scaled(1.7), 'bounded')!;
    expect(window.image.width).toBeLessThanOrEqual(SIDE / 2);
    expect(window.origin).toBeUndefined();
  });
});
