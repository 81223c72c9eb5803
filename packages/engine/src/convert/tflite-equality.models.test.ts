import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { ACCURATE_PACK } from '../packs/accurate.data.ts';
import { SELFIE_SEGMENTATION } from '../packs/npm-models.data.ts';
import { readNpmSource } from '../packs/npm-source.ts';
import { encodeModel } from './onnx-write.ts';
import { simplify } from './simplify.ts';
import { convertTfGraph } from './tfjs-convert.ts';
import { readTfliteGraph } from './tflite-graph.ts';

/**
 * The expected numbers were computed once by TensorFlow Lite (the XNNPACK build of @tensorflow/tfjs-tflite
 * 0.0.1-alpha.10) from the same files and the same noise. Over this noise and six photographs the two differed by
 * 3.4·10⁻⁴ at most for segmentation, whose values reach 100, and by 2.3·10⁻⁵ for the glasses.
 */

const modelsFolder =
  process.env['FACEGATE_TEST_MODELS'] ?? path.resolve(import.meta.dirname, '../../../../../shared/models');
const hasModels = existsSync(modelsFolder);
const why = hasModels ? '' : ` (skipped: there is no folder ${modelsFolder})`;

/** Fixed noise from 0 to `high`, drawn pixel by pixel, laid out in planes. */
function noise(pixels: number, high: number): Float32Array {
  let state = 20_260_101;
  const planes = new Float32Array(3 * pixels);
  for (let i = 0; i < planes.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    planes[(i % 3) * pixels + Math.floor(i / 3)] = (state / 2 ** 32) * high;
  }
  return planes;
}

async function run(file: Uint8Array, output: string, input: Tensor): Promise<Float32Array> {
  const graph = simplify(convertTfGraph(readTfliteGraph(file), { name: 'test', outputs: { output } }));
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  const outputs = await session.run({ input });
  return outputs['output']!.data as Float32Array;
}

test('segmentation agrees with TensorFlow Lite up to its last, custom layer', async () => {
  const file = await readNpmSource(SELFIE_SEGMENTATION.sources[0]!);
  const input = new Tensor('float32', noise(256 * 256, 1), [1, 3, 256, 256]);
  const features = await run(file, 'add_13__xeno_compat__1', input);
  const means = new Float64Array(16);
  for (let i = 0; i < features.length; i++) means[i % 16]! += features[i]! / (features.length / 16);
  const expected = [
    0, 0.494761, 4.06104, 0, 14.0227, 0.000185875, 1.32716, 62.4163, 0.223123, 0.0154266, 0.0000160951,
    1.74516, 0, 2.37114, 0, 1.47754,
  ];
  for (const [channel, mean] of expected.entries()) expect(means[channel]).toBeCloseTo(mean, 3);
});

test.skipIf(!hasModels)(`the glasses network agrees with TensorFlow Lite${why}`, async () => {
  const { localName } = ACCURATE_PACK.files.find(({ name }) => name === 'glasses.onnx')!.sources[0]!;
  const file = await readFile(path.join(modelsFolder, localName!));
  const input = new Tensor('float32', noise(64 * 128, 255), [1, 3, 64, 128]);
  const [logOdds] = await run(file, 'Identity', input);
  expect(logOdds).toBeCloseTo(-0.43162, 4);
});
