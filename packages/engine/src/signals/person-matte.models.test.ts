import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { convertModel } from '../convert/convert-model.ts';
import { apply, invert } from '../geometry/affine.ts';
import { decodeImage } from '../image/decode.ts';
import { plainRgb, type RgbImage } from '../image/rgb-image.ts';
import { SELFIE_SEGMENTATION } from '../packs/npm-models.data.ts';
import { readNpmSource } from '../packs/npm-source.ts';
import type { Network } from '../runtime/network.ts';
import type { FivePoints, Point } from '../vocabulary/shapes.ts';
import type { PersonMatte } from './face-signals.ts';
import { personMatte } from './person-matte.ts';

const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve('@vladmandic/face-api/package.json'));

let network: Network;
let image: RgbImage;

beforeAll(async () => {
  const sources = await Promise.all(SELFIE_SEGMENTATION.sources.map(readNpmSource));
  const session = await InferenceSession.create(convertModel(SELFIE_SEGMENTATION.conversion, sources));
  network = {
    run: async ({ data, dims }) => {
      const outputs = await session.run({ input: new Tensor('float32', data, [...dims]) });
      return { person: { data: outputs['person']!.data as Float32Array, dims: outputs['person']!.dims } };
    },
    release: () => session.release(),
  };
  const limits = { bytesMax: 1e7, sideMax: 5000, pixelsMax: 2e7 };
  ({ image } = await decodeImage(await readFile(path.join(folder, 'demo/sample3.jpg')), limits));
});

const faceOf = (eyes: readonly [Point, Point], mouth: Point): FivePoints => ({
  subjectRightEye: eyes[0],
  subjectLeftEye: eyes[1],
  noseTip: { x: (eyes[0].x + mouth.x) / 2, y: (eyes[0].y + mouth.y) / 2 },
  subjectRightMouthCorner: mouth,
  subjectLeftMouthCorner: mouth,
});

function opacityAt(matte: PersonMatte, point: Point): number {
  const { x, y } = apply(invert(matte.toImage)!, point);
  return matte.opacity[Math.floor(y) * matte.width + Math.floor(x)]!;
}

describe('the woman in the middle of a group', () => {
  const points = faceOf(
    [
      { x: 1117, y: 320 },
      { x: 1218, y: 341 },
    ],
    { x: 1150, y: 432 },
  );

  test.each([
    ['forehead', 1170, 270],
    ['nose', 1138, 383],
    ['throat', 1120, 540],
    ['chest', 1080, 640],
  ])('her %s belongs to her', async (_, x, y) => {
    expect(opacityAt((await personMatte(image, points, network))!, { x, y })).toBeGreaterThan(0.9);
  });

  test.each([
    ['to the left above her', 930, 150],
    ['to the right above her', 1370, 180],
  ])('what is %s does not', async (_, x, y) => {
    expect(opacityAt((await personMatte(image, points, network))!, { x, y })).toBeLessThan(0.1);
  });
});

test('the raster ends where the picture does', async () => {
  const eyes = [
    { x: 60, y: 60 },
    { x: 160, y: 60 },
  ] as const;
  const network: Network = {
    run: async () => ({ person: { data: new Float32Array(256 * 256).fill(1), dims: [1, 256, 256, 1] } }),
    release: async () => undefined,
  };
  const matte = await personMatte(plainRgb(220, 1000, [0, 0, 0]), faceOf(eyes, { x: 110, y: 165 }), network);
  const first = apply(matte!.toImage, { x: 0, y: 0 });
  expect([first.x, first.y].every((value) => Math.abs(value) < 1e-9)).toBe(true);
  const { x, y } = apply(matte!.toImage, { x: 256, y: 256 });
  expect(x).toBeCloseTo(220, 9);
  expect(y).toBeCloseTo(60 + 40 + 300, 9);
});

test('a face whose points coincide has no matte', async () => {
  const point = { x: 500, y: 500 };
  expect(await personMatte(image, faceOf([point, point], point), network)).toBeUndefined();
});
