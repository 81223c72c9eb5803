import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { rgbImage } from '../image/rgb-image.ts';
import { QUALITY_MEASURES, type QualityMeasure } from '../vocabulary/quality.ts';
import type { Rgb } from '../vocabulary/shapes.ts';
import { measureQuality } from './measure-quality.ts';
import type { QualitySubject } from './quality-subject.ts';
import { drawnSubject, isFace, NO_SIGNALS, type Paint, paintFace, SKIN, WALL } from './subject.fixture.ts';

async function measure(measure: QualityMeasure, subject: QualitySubject): Promise<number | undefined> {
  return (await measureQuality(subject, { measures: [measure] }))[measure];
}

const scaled =
  (factor: number): Paint =>
  (x, y) =>
    paintFace(x, y).map((value) => Math.min(255, Math.round(value * factor))) as unknown as Rgb;

/** Repeatable, −1..1, flat. */
const grain = (x: number, y: number): number => {
  const wave = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
};

const noisy =
  (amplitude: number): Paint =>
  (x, y) =>
    paintFace(x, y).map((value) => Math.round(value + amplitude * grain(x, y))) as unknown as Rgb;

/** Skin with a dark beard and fringe: long edges, far apart. */
const featured: Paint = (x, y) => (isFace(x, y) && (y < 100 || y > 165) ? [70, 45, 40] : paintFace(x, y));

async function blurred(subject: QualitySubject, sigma: number): Promise<QualitySubject> {
  const { width, height, pixels } = subject.raster;
  const data = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(sigma)
    .raw()
    .toBuffer();
  return { ...subject, raster: rgbImage(width, height, new Uint8Array(data)) };
}

describe('measureQuality', () => {
  test('answers what is asked and nothing else', async () => {
    expect(await measureQuality(drawnSubject(), { measures: [] })).toEqual({});
    const measured = await measureQuality(drawnSubject(), { measures: ['eyes-x', 'raster-height'] });
    expect(measured).toEqual({ 'eyes-x': 0.5, 'raster-height': 320 });
  });

  test('what needs a mesh, a network or a guess is absent', async () => {
    const measured = await measureQuality(drawnSubject(), { measures: QUALITY_MEASURES });
    for (const name of [
      'yaw',
      'smile',
      'dark-glasses',
      'headphones',
      'artificial',
      'background-match',
    ] as const)
      expect(measured).not.toHaveProperty(name);
    for (const value of Object.values(measured)) expect(value).toSatisfy(Number.isFinite);
  });

  test('a face of a few pixels has a place but no tones', async () => {
    const points = drawnSubject().points;
    const eye = { x: 100, y: 100 };
    const tiny = drawnSubject(paintFace, {
      points: { ...points, subjectRightEye: eye, subjectLeftEye: eye },
    });
    expect(await measure('eyes-y', tiny)).toBe(100 / 320);
    expect(await measure('luminance-mean', tiny)).toBeUndefined();
    expect(await measure('blur', tiny)).toBeUndefined();
  });
});

describe('the raster', () => {
  test('grey pictures have one channel', async () => {
    expect(await measure('colour-channels', drawnSubject())).toBe(3);
    expect(
      await measure(
        'colour-channels',
        drawnSubject((x) => [x, x, x]),
      ),
    ).toBe(1);
  });

  test.each([
    [{ c: 0, f: 0 }, 0],
    [{ c: -60, f: 0 }, 0.25],
    [{ c: 0, f: 80 }, 0.25],
    [{ c: 120, f: 160 }, 0.75],
    [{ c: 500, f: 0 }, 1],
  ])('shifted by %o its padding is %d', async (shift, share) => {
    const subject = drawnSubject(paintFace, { toImage: { a: 1, b: 0, d: 0, e: 1, ...shift } });
    expect(await measure('padding', subject)).toBeCloseTo(share, 6);
  });

  test('the subject’s left is the right of the picture', async () => {
    expect(await measure('leftward-crop', drawnSubject())).toBeCloseTo(90 / 60);
    expect(await measure('rightward-crop', drawnSubject())).toBeCloseTo(90 / 60);
    const { points } = drawnSubject();
    const nearer = { ...points, subjectRightEye: { x: 30, y: 120 }, subjectLeftEye: { x: 90, y: 120 } };
    expect(await measure('rightward-crop', drawnSubject(paintFace, { points: nearer }))).toBeCloseTo(0.5);
  });
});

describe('tones', () => {
  test('luminance is the skin’s', async () => {
    const luma = (77 * SKIN[0] + 150 * SKIN[1] + 29 * SKIN[2]) / 256 / 255;
    expect(await measure('luminance-mean', drawnSubject())).toBeCloseTo(luma, 2);
    expect(await measure('luminance-variance', drawnSubject())).toBeLessThan(0.001);
  });

  test('two tones in equal shares are one bit', async () => {
    const halves = drawnSubject((x) => (x < 120 ? [90, 90, 90] : [200, 200, 200]));
    expect(await measure('dynamic-range', halves)).toBeCloseTo(1, 1);
  });

  test('too dark, too light and neither', async () => {
    expect(await measure('too-dark', drawnSubject())).toBeLessThan(0.1);
    expect(await measure('too-light', drawnSubject())).toBeLessThan(0.1);
    expect(await measure('too-dark', drawnSubject(scaled(0.25)))).toBeGreaterThan(0.8);
    expect(await measure('too-light', drawnSubject(scaled(2)))).toBeGreaterThan(0.9);
    expect(await measure('under-exposed', drawnSubject(scaled(0.1)))).toBe(1);
    expect(
      await measure(
        'over-exposed',
        drawnSubject(() => [255, 255, 255]),
      ),
    ).toBe(1);
  });

  test('light from one side is a shadow on the other', async () => {
    const half = drawnSubject((x, y) => (x < 120 ? paintFace(x, y) : scaled(0.35)(x, y)));
    expect(await measure('face-shadow', drawnSubject())).toBeLessThan(0.1);
    expect(await measure('face-shadow', half)).toBeGreaterThan(0.8);
    expect(await measure('illumination-uniformity', drawnSubject())).toBeCloseTo(1);
    expect(await measure('illumination-uniformity', half)).toBeCloseTo(0);
  });

  test('a white spot on the cheek is glare, a white face is not', async () => {
    const spot = drawnSubject((x, y) =>
      Math.hypot(x - 160, y - 150) < 20 ? [252, 250, 248] : paintFace(x, y),
    );
    expect(await measure('glare', spot)).toBeGreaterThan(0.8);
    expect(
      await measure(
        'glare',
        drawnSubject(() => [240, 240, 240]),
      ),
    ).toBeLessThan(0.1);
  });
});

describe('colour', () => {
  test.each([
    ['skin', SKIN, 0, 0.1],
    ['grey', [150, 150, 150] as Rgb, 0.6, 1],
    ['green', [90, 200, 90] as Rgb, 0.9, 1],
    ['blue', [90, 120, 220] as Rgb, 0.9, 1],
    ['red', [230, 60, 50] as Rgb, 0.9, 1],
  ])('%s', async (_, colour, least, most) => {
    const value = await measure(
      'unnatural-skin',
      drawnSubject(() => colour),
    );
    expect(value).toBeGreaterThanOrEqual(least);
    expect(value).toBeLessThanOrEqual(most);
  });

  test('burnt-out skin has no colour', async () => {
    expect(
      await measure(
        'unnatural-skin',
        drawnSubject(() => [255, 255, 230]),
      ),
    ).toBeUndefined();
  });

  test('a green cloth over the mouth hides part of the face', async () => {
    const cloth = drawnSubject((x, y) => (y > 165 && isFace(x, y) ? [120, 190, 150] : paintFace(x, y)));
    expect(await measure('face-occlusion', drawnSubject())).toBeLessThan(0.02);
    expect(await measure('face-occlusion', cloth)).toBeGreaterThan(0.2);
  });

  test('a mask that a network sees hides part of the face whatever its colour', async () => {
    const signals = { ...NO_SIGNALS, faceMask: async () => 0.98 };
    expect(await measure('face-occlusion', drawnSubject(paintFace, { signals }))).toBeGreaterThan(0.3);
  });

  test('a dark fringe covers the forehead', async () => {
    const fringe = drawnSubject((x, y) => (y < 95 ? [40, 30, 25] : paintFace(x, y)));
    expect(await measure('forehead-covering', drawnSubject())).toBeLessThan(0.1);
    expect(await measure('forehead-covering', fringe)).toBeGreaterThan(0.9);
  });

  test('pupils aglow', async () => {
    const isPupil = (x: number, y: number) =>
      Math.min(Math.hypot(x - 90, y - 120), Math.hypot(x - 150, y - 120)) < 4;
    const red = drawnSubject((x, y) => (isPupil(x, y) ? [220, 40, 40] : paintFace(x, y)));
    expect(await measure('red-eyes', drawnSubject())).toBeLessThan(0.1);
    expect(await measure('red-eyes', red)).toBeGreaterThan(0.9);
  });
});

describe('detail', () => {
  test('blur grows with the spread, from sharp to beyond use', async () => {
    const sharpFace = drawnSubject(featured);
    const values = [await measure('blur', sharpFace)];
    for (const sigma of [2, 3, 4, 6]) values.push(await measure('blur', await blurred(sharpFace, sigma)));
    expect(values[0]).toBe(0);
    expect(values.at(-1)).toBeGreaterThan(0.6);
    expect(values).toEqual([...values].sort((a, b) => a! - b!));
  });

  test('a plain surface has no edges to judge', async () => {
    expect(
      await measure(
        'blur',
        drawnSubject(() => SKIN),
      ),
    ).toBeUndefined();
  });

  test('noise grows with its amplitude', async () => {
    const values = [];
    for (const amplitude of [0, 2, 10, 40])
      values.push(await measure('noise', drawnSubject(noisy(amplitude))));
    expect(values[0]).toBeLessThan(0.02);
    expect(values[1]).toBeLessThan(0.2);
    expect(values[2]).toBeGreaterThan(0.2);
    expect(values[3]).toBe(1);
  });

  test('blocks of JPEG show in the picture as it came, and cannot be told in one that was scaled', async () => {
    const wavy = drawnSubject((x, y) => noisy(12)(x, y));
    const { width, height, pixels } = wavy.raster;
    const raw = { width, height, channels: 3 } as const;
    const jpeg = await sharp(await sharp(pixels, { raw }).jpeg({ quality: 5 }).toBuffer())
      .raw()
      .toBuffer();
    const coarse = { ...wavy, raster: rgbImage(width, height, new Uint8Array(jpeg)) };
    expect(await measure('compression', wavy)).toBeLessThan(0.05);
    expect(await measure('compression', coarse)).toBeGreaterThan(0.3);
    const toImage = { ...coarse.toImage, a: 2, e: 2 };
    expect(await measure('compression', { ...coarse, toImage })).toBeUndefined();
  });
});

describe('background', () => {
  const striped: Paint = (x, y) => (isFace(x, y) ? SKIN : x % 40 < 20 ? [40, 40, 40] : [220, 220, 220]);

  test('a wall is uniform, stripes are not', async () => {
    expect(await measure('background-uniformity', drawnSubject())).toBeGreaterThan(0.95);
    expect(await measure('background-uniformity', drawnSubject(striped))).toBeLessThan(0.6);
  });

  test('what the matte calls person is not background', async () => {
    const opacity = new Float32Array(24 * 32).fill(1);
    for (let i = 0; i < opacity.length; i++) if (i % 24 < 2) opacity[i] = 0;
    const toImage = { a: 10, b: 0, c: 0, d: 0, e: 10, f: 0 };
    const person = async () => ({ width: 24, height: 32, opacity, toImage });
    const leftEdge: Paint = (x, y) => (x < 20 ? WALL : striped(x, y));
    const subject = drawnSubject(leftEdge, { signals: { ...NO_SIGNALS, person } });
    expect(await measure('background-uniformity', subject)).toBeGreaterThan(0.95);
  });

  test('matches its own colour and no other', async () => {
    const like = (backgroundColour: Rgb) =>
      measure('background-match', drawnSubject(paintFace, { backgroundColour }));
    expect(await like(WALL)).toBeGreaterThan(0.98);
    expect(await like([125, 135, 150])).toBeGreaterThan(0.8);
    expect(await like([255, 255, 255])).toBeLessThan(0.2);
  });

  test('other faces are counted and the largest compared', async () => {
    const otherFaces = [{ x: 0, y: 0, width: 67.5, height: 79.5 }];
    const subject = drawnSubject(paintFace, { otherFaces });
    expect(await measure('other-faces', subject)).toBe(1);
    expect(await measure('other-face-area', subject)).toBeCloseTo(0.25);
    expect(await measure('other-face-area', drawnSubject())).toBe(0);
  });
});
