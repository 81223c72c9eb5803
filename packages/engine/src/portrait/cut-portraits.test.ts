import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { apply, invert } from '../geometry/affine.ts';
import { plainRgb, type RgbImage } from '../image/rgb-image.ts';
import type { PersonMatte } from '../signals/face-signals.ts';
import type { PortraitAspect, PortraitSpec } from '../vocabulary/analysis.ts';
import type { FivePoints, Point } from '../vocabulary/shapes.ts';
import { finishPortrait, framePortrait } from './cut-portraits.ts';
import { PORTRAIT_SIDE_MAX, type PortraitPlan, planPortrait } from './framing.ts';

const GREY = [128, 128, 128] as const;
const PAD = [255, 0, 255] as const;
const ASPECTS: readonly PortraitAspect[] = ['3:4', '4:5', '2:3', '1:1', '7:9'];

/** A face whose eyes are this far apart and this much tilted, the midpoint between them at `middle`. */
function faceAt(middle: Point, distance: number, tiltDegrees = 0): FivePoints {
  const x = (distance / 2) * Math.cos((tiltDegrees * Math.PI) / 180);
  const y = (distance / 2) * Math.sin((tiltDegrees * Math.PI) / 180);
  return {
    subjectRightEye: { x: middle.x - x, y: middle.y - y },
    subjectLeftEye: { x: middle.x + x, y: middle.y + y },
    noseTip: middle,
    subjectRightMouthCorner: middle,
    subjectLeftMouthCorner: middle,
  };
}

/** Paints a disc. */
function paint(image: RgbImage, at: Point, colour: readonly number[]): void {
  for (let y = Math.floor(at.y - 6); y <= at.y + 6; y++) {
    for (let x = Math.floor(at.x - 6); x <= at.x + 6; x++) {
      if (Math.hypot(x + 0.5 - at.x, y + 0.5 - at.y) <= 6)
        image.pixels.set(colour, 3 * (y * image.width + x));
    }
  }
}

describe('planPortrait', () => {
  test.each([
    ['3:4', 0.308, 0.452],
    ['4:5', 0.27, 0.427],
    ['2:3', 0.3465, 0.452],
    ['1:1', 0.188, 0.427],
    ['7:9', 0.279, 0.427],
  ] as const)(
    '%s puts the eyes %d of the width apart at %d of the height, level',
    (aspect, eyeDistance, eyeLine) => {
      fc.assert(
        fc.property(
          fc.integer({ min: -180, max: 180 }),
          fc.integer({ min: 20, max: 400 }),
          (tilt, distance) => {
            const face = faceAt({ x: 300, y: 250 }, distance, tilt);
            const { width, height, toImage } = planPortrait({ aspect, padColour: PAD }, face);
            const right = apply(invert(toImage)!, face.subjectRightEye);
            const left = apply(invert(toImage)!, face.subjectLeftEye);
            expect((left.x - right.x) / width).toBeCloseTo(eyeDistance, 6);
            expect(left.y).toBeCloseTo(right.y, 6);
            expect(right.y / height).toBeCloseTo(eyeLine, 6);
            expect((left.x + right.x) / 2).toBeCloseTo(width / 2, 6);
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  test('without a size the face keeps its scale', () => {
    const { width, height } = planPortrait({ aspect: '3:4', padColour: PAD }, faceAt({ x: 0, y: 0 }, 30.8));
    expect([width, height]).toEqual([100, 133]);
  });

  test.each([
    ['3:4', 480, 640],
    ['4:5', 106, 134],
    ['1:1', 600, 500],
  ] as const)(
    '%s in a size of %d×%d is made in that size, the eyes where they belong',
    (aspect, width, height) => {
      const face = faceAt({ x: 40, y: 50 }, 30.8, 15);
      const plan = planPortrait({ aspect, padColour: PAD, size: { width, height } }, face);
      const natural = planPortrait({ aspect, padColour: PAD }, face);
      const shares = ({ width, height, toImage }: PortraitPlan) => {
        const { x, y } = apply(invert(toImage)!, face.subjectLeftEye);
        return { across: x / width, down: y / height };
      };
      expect([plan.width, plan.height]).toEqual([width, height]);
      expect(shares(plan).across).toBeCloseTo(shares(natural).across, 1);
      expect(shares(plan).down).toBeCloseTo(shares(natural).down, 6);
    },
  );

  test('enormous faces are scaled down to the longest side allowed', () => {
    for (const aspect of ASPECTS) {
      const { width, height } = planPortrait({ aspect, padColour: PAD }, faceAt({ x: 0, y: 0 }, 9000));
      expect(Math.max(width, height)).toBe(PORTRAIT_SIDE_MAX);
    }
  });

  test.each([
    { width: 0, height: 0 },
    { width: -3, height: -4 },
    { width: 1.5, height: 2 },
    { width: Number.NaN, height: 4 },
    { width: 30_000, height: 40_000 },
  ])('a size of $width×$height is refused', (size) => {
    const plan = () => planPortrait({ aspect: '3:4', padColour: PAD, size }, faceAt({ x: 0, y: 0 }, 30));
    expect(plan).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });

  test('eyes in one place still have a portrait', () => {
    const { width, height } = planPortrait({ aspect: '1:1', padColour: PAD }, faceAt({ x: 9, y: 9 }, 0));
    expect([width, height]).toEqual([5, 5]);
  });
});

interface Subject {
  readonly image: RgbImage;
  readonly landmarks: FivePoints;
  readonly person: () => Promise<PersonMatte | undefined>;
}

const cutPortraits = ({ image, landmarks, person }: Subject, specs: readonly PortraitSpec[]) =>
  Promise.all(specs.map((spec) => finishPortrait(framePortrait(image, landmarks, spec), image, person)));

const subject = (image: RgbImage, landmarks: FivePoints): Subject => ({
  image,
  landmarks,
  person: async () => {
    throw new Error('Nobody asked to replace the background.');
  },
});

describe('portraits', () => {
  const middle = { x: 300, y: 220 };

  test.each([0, 25, -70, 180])('a face tilted by %d° comes out upright', async (tilt) => {
    const image = plainRgb(600, 500, GREY);
    const face = faceAt(middle, 80, tilt);
    paint(image, face.subjectRightEye, [255, 0, 0]);
    paint(image, face.subjectLeftEye, [0, 0, 255]);
    const spec = { aspect: '3:4', padColour: PAD, size: { width: 240, height: 320 } } as const;
    const [portrait] = await cutPortraits(subject(image, face), [spec]);
    const { data, info } = await sharp(portrait!.jpeg).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) =>
      data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3);
    const eyeLine = Math.round(320 * 0.452);
    const half = (240 * 0.308) / 2;
    expect([info.width, info.height]).toEqual([240, 320]);
    expect(at(Math.round(120 - half), eyeLine)[0]).toBeGreaterThan(200);
    expect(at(Math.round(120 + half), eyeLine)[2]).toBeGreaterThan(200);
  });

  test('what lies outside the picture takes the pad colour', async () => {
    const image = plainRgb(60, 60, GREY);
    const [portrait] = await cutPortraits(subject(image, faceAt({ x: 5, y: 5 }, 40)), [
      { aspect: '1:1', padColour: PAD },
    ]);
    const { data } = await sharp(portrait!.jpeg).raw().toBuffer({ resolveWithObject: true });
    for (const [channel, value] of PAD.entries()) expect(Math.abs(data[channel]! - value)).toBeLessThan(8);
  });

  test('the source box surrounds the four corners and may reach beyond the picture', async () => {
    const image = plainRgb(600, 500, GREY);
    const spec = { aspect: '1:1', padColour: PAD } as const;
    const [level] = await cutPortraits(subject(image, faceAt(middle, 94)), [spec]);
    expect(level!.sourceBox.width).toBeCloseTo(500);
    expect(level!.sourceBox.height).toBeCloseTo(500);
    expect(level!.sourceBox.x).toBeCloseTo(50);
    expect(level!.sourceBox.y).toBeCloseTo(220 - 0.427 * 500);
    const [tilted] = await cutPortraits(subject(image, faceAt(middle, 94, 45)), [spec]);
    expect(tilted!.sourceBox.width).toBeCloseTo(500 * Math.SQRT2);
    expect(tilted!.sourceBox.y).toBeLessThan(0);
  });

  test('portraits come in the order asked, as JPEG without metadata', async () => {
    const specs = ASPECTS.map((aspect) => ({ aspect, padColour: PAD }));
    const portraits = await cutPortraits(
      subject(plainRgb(300, 300, GREY), faceAt({ x: 150, y: 150 }, 40)),
      specs,
    );
    for (const [i, portrait] of portraits.entries()) {
      const { format, width, height, exif, icc, xmp } = await sharp(portrait.jpeg).metadata();
      expect({ format, exif, icc, xmp }).toEqual({
        format: 'jpeg',
        exif: undefined,
        icc: undefined,
        xmp: undefined,
      });
      expect([width, height]).toEqual([portrait.width, portrait.height]);
      const [across, down] = ASPECTS[i]!.split(':').map(Number);
      expect(Math.abs(width - (height * across!) / down!)).toBeLessThanOrEqual(1);
    }
  });

  test('the same face twice gives the same bytes', async () => {
    const specs = [{ aspect: '7:9', padColour: PAD }] as const;
    const image = plainRgb(300, 300, [90, 120, 60]);
    const cut = () => cutPortraits(subject(image, faceAt({ x: 150, y: 150 }, 40, 10)), specs);
    expect((await cut())[0]!.jpeg).toEqual((await cut())[0]!.jpeg);
  });

  test('what is behind the person takes the colour asked, in the portrait that asks for it', async () => {
    const image = plainRgb(300, 300, [10, 10, 200]);
    const landmarks = faceAt({ x: 150, y: 150 }, 40);
    const toImage = { a: 300, b: 0, c: 0, d: 0, e: 300, f: 0 };
    const nobody = { width: 1, height: 1, opacity: Float32Array.of(0), toImage };
    const plain = { aspect: '1:1', padColour: PAD } as const;
    const specs = [plain, { ...plain, backgroundColour: [250, 250, 250] as const }];
    const [kept, replaced] = await cutPortraits({ image, landmarks, person: async () => nobody }, specs);
    const isFirst = async ({ jpeg }: { jpeg: Uint8Array }, colour: readonly number[]) => {
      const pixels = await sharp(jpeg).raw().toBuffer();
      return colour.every((value, channel) => Math.abs(pixels[channel]! - value) <= 2);
    };
    expect(await isFirst(kept!, [10, 10, 200])).toBe(true);
    expect(await isFirst(replaced!, [250, 250, 250])).toBe(true);
    const unseen = await cutPortraits({ image, landmarks, person: async () => undefined }, specs);
    expect(await isFirst(unseen[1]!, [10, 10, 200])).toBe(true);
  });
});
