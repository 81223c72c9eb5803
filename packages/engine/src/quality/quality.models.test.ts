import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply, IDENTITY, invert } from '../geometry/affine.ts';
import { decodeImage } from '../image/decode.ts';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import { type RgbImage, rgbImage } from '../image/rgb-image.ts';
import { warpRgb } from '../image/warp.ts';
import { fivePointsOfMesh } from '../landmarks/five-points.ts';
import { prepareCorePack } from '../packs/install.ts';
import { findFaces } from '../pipeline/find-faces.ts';
import { loadModels, type Models } from '../pipeline/models.ts';
import { planPortrait } from '../portrait/framing.ts';
import { type MeasuredQuality, QUALITY_MEASURES } from '../vocabulary/quality.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { measureQuality } from './measure-quality.ts';
import {
  CHECKED,
  type Checked,
  developmentPictures,
  hasPhotographs,
  isOutside,
  ROOT,
} from './photographs.fixture.ts';
import { NO_SIGNALS } from './subject.fixture.ts';

/** Frontal photographs that the shares are taken of. */
const PHOTOGRAPHS = 60;

interface Photograph {
  readonly image: RgbImage;
  readonly mesh: readonly Point[];
  readonly eyeDistance: number;
}

type Change = (photograph: Photograph) => RgbImage | Promise<RgbImage>;

async function locate(image: RgbImage, models: Models): Promise<readonly Point[] | undefined> {
  const faces = await findFaces(image, models, { faces: 'all', stage: (_, work) => work() });
  return faces.length === 1 ? faces[0]!.mesh : undefined;
}

const eyeDistanceOf = (mesh: readonly Point[]): number => {
  const { subjectRightEye: right, subjectLeftEye: left } = fivePointsOfMesh(mesh);
  return Math.hypot(left.x - right.x, left.y - right.y);
};

function measureRaster(
  raster: RgbImage,
  mesh: readonly Point[],
  { toImage = IDENTITY, image = raster }: { toImage?: typeof IDENTITY; image?: RgbImage } = {},
): Promise<MeasuredQuality> {
  const points = fivePointsOfMesh(mesh);
  const subject = { raster, points, mesh, otherFaces: [], toImage, image, signals: NO_SIGNALS };
  return measureQuality(subject, { measures: QUALITY_MEASURES });
}

/** As a detect request would measure it: on a portrait of 480×640. */
function measurePortrait(image: RgbImage, mesh: readonly Point[]): Promise<MeasuredQuality> {
  const padColour = [128, 128, 128] as const;
  const size = { width: 480, height: 640 };
  const { toImage } = planPortrait({ aspect: '3:4', padColour, size }, fivePointsOfMesh(mesh));
  const raster = warpRgb(image, toImage, { ...size, fill: padColour });
  const fromImage = invert(toImage)!;
  const inRaster = mesh.map((point) => apply(fromImage, point));
  return measureRaster(raster, inRaster, { toImage, image });
}

const withSharp = async ({ image }: Photograph, change: (picture: Sharp) => Sharp): Promise<RgbImage> => {
  const { width, height, pixels } = image;
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
  return rgbImage(width, height, new Uint8Array(await change(picture).raw().toBuffer()));
};

const perValue = ({ image }: Photograph, change: (value: number, channel: number) => number): RgbImage => {
  const clamped = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  const pixels = image.pixels.map((value, i) => clamped(change(value, i % 3)));
  return rgbImage(image.width, image.height, pixels);
};

/** Bell-shaped, deviation 1: the sum of three draws of a generator with a fixed start. */
function normalNoise(): () => number {
  let state = 7;
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => 2 * (draw() + draw() + draw() - 1.5);
}

const noisy: Change = (photograph) => {
  const next = normalNoise();
  const deviation = 22 * Math.max(1, photograph.eyeDistance / 64);
  return perValue(photograph, (value) => value + deviation * next());
};

const grey: Change = ({ image }) => {
  const pixels = image.pixels.slice();
  for (let p = 0; p < pixels.length; p += 3) {
    pixels.fill(Math.round((pixels[p]! + 2 * pixels[p + 1]! + pixels[p + 2]!) / 4), p, p + 3);
  }
  return rgbImage(image.width, image.height, pixels);
};

/** A pale blue rectangle from under the nose to the chin. */
const coveredMouth: Change = ({ image, mesh }) => {
  const pixels = image.pixels.slice();
  const [top, bottom] = [mesh[2]!.y, mesh[152]!.y];
  const [left, right] = [mesh[172]!.x, mesh[397]!.x];
  for (let y = Math.max(0, Math.round(top)); y < Math.min(image.height, bottom); y++) {
    for (let x = Math.max(0, Math.round(left)); x < Math.min(image.width, right); x++) {
      pixels.set([160, 190, 215], 3 * (y * image.width + x));
    }
  }
  return rgbImage(image.width, image.height, pixels);
};

describe.skipIf(!hasPhotographs)('quality on LFW View 1 (FACEGATE_TEST_DATA or ../shared/data)', () => {
  const photographs: Photograph[] = [];
  let models: Models;

  beforeAll(async () => {
    const { folder, manifest } = await prepareCorePack({ packsFolder: join(ROOT, '.facegate/packs') });
    models = await loadModels(folder, manifest);
    for (const file of developmentPictures()) {
      if (photographs.length === PHOTOGRAPHS) break;
      const bytes = readFileSync(file);
      const { image } = await decodeImage(bytes, DEFAULT_IMAGE_LIMITS);
      const mesh = await locate(image, models);
      const { yaw = 90, pitch = 90 } = mesh ? await measureRaster(image, mesh) : {};
      if (!mesh || Math.abs(yaw) > 5 || Math.abs(pitch) > 8) continue;
      photographs.push({ image, mesh, eyeDistance: eyeDistanceOf(mesh) });
    }
  });

  afterAll(() => models?.release());

  /** Share of the photographs that lie outside each range once changed. */
  async function sharesOutside(change: Change): Promise<Record<Checked, number>> {
    const shares = Object.fromEntries(CHECKED.map((name) => [name, 0])) as Record<Checked, number>;
    for (const photograph of photographs) {
      const measured = await measurePortrait(await change(photograph), photograph.mesh);
      for (const name of CHECKED) if (isOutside(measured, name)) shares[name] += 1 / photographs.length;
    }
    return shares;
  }

  test('enough frontal photographs were found', () => expect(photographs).toHaveLength(PHOTOGRAPHS));

  test('frontal photographs pass each check in nine of ten', async () => {
    const shares = await sharesOutside(({ image }) => image);
    for (const name of CHECKED) expect(shares[name], name).toBeLessThanOrEqual(0.1);
  });

  const changes: readonly (readonly [string, Checked, Change])[] = [
    ['blur', 'blur', (it) => withSharp(it, (picture) => picture.blur(0.06 * it.eyeDistance))],
    ['noise', 'noise', noisy],
    ['under-exposure', 'too-dark', (it) => perValue(it, (value) => 0.3 * value)],
    ['over-exposure', 'too-light', (it) => perValue(it, (value) => 2.2 * value)],
    ['grey', 'colour-channels', grey],
    ['grey', 'unnatural-skin', grey],
    ['red cast', 'unnatural-skin', (it) => perValue(it, (value, i) => value * [1.5, 0.75, 0.75][i]!)],
    ['covered mouth', 'face-occlusion', coveredMouth],
  ];

  test.each(changes)('%s trips %s and at most two others', async (_, own, change) => {
    const shares = await sharesOutside(change);
    const others = CHECKED.filter((name) => name !== own).reduce((sum, name) => sum + shares[name], 0);
    expect(shares[own]).toBeGreaterThanOrEqual(0.9);
    expect(others).toBeLessThanOrEqual(2);
  });

  test('a picture turned clockwise by 20° has a roll of −20°, and the same yaw and pitch', async () => {
    const differences = { roll: 0, yaw: 0, pitch: 0 };
    let found = 0;
    for (const photograph of photographs) {
      const { image } = photograph;
      const turn = { a: Math.cos(Math.PI / 9), d: -Math.sin(Math.PI / 9) };
      const [x, y] = [image.width / 2, image.height / 2];
      const map = {
        ...{ a: turn.a, b: -turn.d, c: x - turn.a * x + turn.d * y },
        ...{ d: turn.d, e: turn.a, f: y - turn.d * x - turn.a * y },
      };
      const turned = warpRgb(image, map, { width: image.width, height: image.height, fill: [128, 128, 128] });
      const mesh = await locate(turned, models);
      if (!mesh) continue;
      const before = await measureRaster(image, photograph.mesh);
      const after = await measureRaster(turned, mesh);
      differences.roll += Math.abs(after.roll! - before.roll! + 20);
      differences.yaw += Math.abs(after.yaw! - before.yaw!);
      differences.pitch += Math.abs(after.pitch! - before.pitch!);
      found++;
    }
    expect(found).toBeGreaterThanOrEqual(0.9 * photographs.length);
    for (const sum of Object.values(differences)) expect(sum / found).toBeLessThan(1.5);
  });
});
