import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { convertModel } from './convert-model.ts';

/**
 * The authors publish three pictures with their verdicts (one bona fide, two attacks): a wrong layer, name or layout
 * in the conversion would not give all of them back.
 */

const shared = path.resolve(import.meta.dirname, '../../../../../shared');
const modelsFolder = process.env['FACEGATE_TEST_MODELS'] ?? path.join(shared, 'models');
const dataFolder = process.env['FACEGATE_TEST_DATA'] ?? path.join(shared, 'data');
const pictures = path.join(dataFolder, 'pad/pad-minivision/images/sample');
const isThere = existsSync(modelsFolder) && existsSync(pictures);
const why = isThere ? '' : ` (skipped: ${modelsFolder} or ${pictures} is absent)`;

/** Face boxes in px; the pictures are 480×640. */
const SAMPLES = [
  { picture: 'image_T1.jpg', box: { x: 116, y: 109, width: 180, height: 251 }, isBonaFide: true },
  { picture: 'image_F1.jpg', box: { x: 191, y: 115, width: 186, height: 238 }, isBonaFide: false },
  { picture: 'image_F2.jpg', box: { x: 140, y: 213, width: 216, height: 293 }, isBonaFide: false },
];

const NETWORKS = [
  { file: 'minifasnet-v2-2.7_80x80.pth', scale: 2.7 },
  { file: 'minifasnet-v1se-4.0_80x80.pth', scale: 4 },
];

type Sample = (typeof SAMPLES)[number];

/** The box grown about its centre as far as the picture allows, moved inside it, at 80×80, BGR 0..255, NCHW. */
async function cut({ picture, box }: Sample, wantedScale: number): Promise<Tensor> {
  const [width, height, side] = [480, 640, 80];
  const scale = Math.min((height - 1) / box.height, (width - 1) / box.width, wantedScale);
  const size = { width: Math.floor(box.width * scale), height: Math.floor(box.height * scale) };
  const left = Math.min(Math.max(0, Math.round(box.x + (box.width - size.width) / 2)), width - size.width);
  const top = Math.min(Math.max(0, Math.round(box.y + (box.height - size.height) / 2)), height - size.height);
  const raw = await sharp(path.join(pictures, picture))
    .autoOrient()
    .extract({ left, top, ...size })
    .resize(side, side, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  const planes = new Float32Array(raw.length);
  raw.forEach((value, i) => {
    planes[(2 - (i % 3)) * side * side + Math.floor(i / 3)] = value;
  });
  return new Tensor('float32', planes, [1, 3, side, side]);
}

async function averageBonaFide(sample: Sample): Promise<number> {
  let sum = 0;
  for (const { file, scale } of NETWORKS) {
    const model = convertModel({ kind: 'minifasnet' }, [await readFile(path.join(modelsFolder, file))]);
    const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
    const { probabilities } = await session.run({ input: await cut(sample, scale) });
    sum += (probabilities!.data as Float32Array)[1]!;
  }
  return sum / NETWORKS.length;
}

describe('MiniFASNet, both variants averaged,', () => {
  test.skipIf(!isThere).each(SAMPLES)(`gives the authors' verdict on $picture${why}`, async (sample) => {
    const probability = await averageBonaFide(sample);
    if (sample.isBonaFide) expect(probability).toBeGreaterThan(0.95);
    else expect(probability).toBeLessThan(0.3);
  });
});
