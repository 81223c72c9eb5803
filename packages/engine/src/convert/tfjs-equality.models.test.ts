import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { BLAZEFACE, DLIB_RESNET, EXPRESSION, FACEMESH, FACERES, IRIS } from '../packs/npm-models.data.ts';
import { readNpmSource } from '../packs/npm-source.ts';
import type { RecipeFile } from '../packs/recipe.ts';
import { convertModel } from './convert-model.ts';

/**
 * The converted models compute what TensorFlow.js computes from the same weights. Tolerances are about three times
 * the largest difference seen over both inputs; BlazeFace's belongs to score logits of 218 on the photograph.
 */

const require = createRequire(import.meta.url);

beforeAll(async () => {
  const wasm = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${path.join(wasm, 'dist')}${path.sep}`);
  // The threaded build cannot start its workers in Node.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
});

/** [N = 1, H, W, channels] of the numbers the network is fed. */
interface Pixels {
  readonly side: number;
  readonly channels?: number;
  readonly data: Float32Array;
}

/** Fixed noise over the whole range. */
function noise(side: number, [low, high]: readonly [number, number]): Pixels {
  let state = 20_260_101;
  const data = Float32Array.from({ length: side * side * 3 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return low + (state / 2 ** 32) * (high - low);
  });
  return { side, data };
}

/** A photograph of people that comes with face-api. */
async function photograph(side: number, [low, high]: readonly [number, number]): Promise<Pixels> {
  const folder = path.dirname(require.resolve('@vladmandic/face-api/package.json'));
  const raw = await sharp(path.join(folder, 'demo/sample1.jpg'))
    .resize(side, side, { fit: 'cover' })
    .raw()
    .toBuffer();
  return { side, data: Float32Array.from(raw, (value) => low + (value / 255) * (high - low)) };
}

async function runConverted(
  file: RecipeFile,
  { side, channels = 3, data }: Pixels,
): Promise<InferenceSession.OnnxValueMapType> {
  const sources = await Promise.all(file.sources.map(readNpmSource));
  const session = await InferenceSession.create(convertModel(file.conversion, sources), {
    intraOpNumThreads: 1,
  });
  const planes = new Float32Array(data.length);
  const pixels = side * side;
  for (let i = 0; i < data.length; i++) planes[(i % channels) * pixels + Math.floor(i / channels)] = data[i]!;
  return session.run({ input: new Tensor('float32', planes, [1, channels, side, side]) });
}

/** The first channel alone. */
const grey = ({ side, data }: Pixels): Pixels => ({
  side,
  channels: 1,
  data: data.filter((_, i) => i % 3 === 0),
});

/** Runs the original graph and returns the named nodes' values. */
async function runOriginal(
  file: RecipeFile,
  { side, channels = 3, data }: Pixels,
): Promise<Map<string, Float32Array>> {
  if (file.conversion.kind !== 'tfjs-graph') throw new Error('Not a graph model.');
  const [json, bin] = await Promise.all(file.sources.map(readNpmSource));
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(json));
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: new Uint8Array(bin!).buffer,
    }),
  );
  const input = tf.tensor4d(data, [1, side, side, channels]);
  const names = Object.entries(file.conversion.options.outputs);
  const outputs = model.execute(
    input,
    names.map(([, node]) => node),
  );
  const tensors = Array.isArray(outputs) ? outputs : [outputs as tf.Tensor];
  return new Map(
    await Promise.all(names.map(async ([name], i) => [name, await values(tensors[i]!)] as const)),
  );
}

const values = async (tensor: tf.Tensor): Promise<Float32Array> => Float32Array.from(await tensor.data());

function maxDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let max = 0;
  for (let i = 0; i < expected.length; i++) max = Math.max(max, Math.abs(actual[i]! - expected[i]!));
  return max;
}

const GRAPH_MODELS = [
  { file: BLAZEFACE, side: 256, range: [-1, 1], tolerance: 2e-3 },
  { file: FACEMESH, side: 192, range: [0, 1], tolerance: 4e-4 },
  { file: FACERES, side: 224, range: [0, 255], tolerance: 1e-5 },
  { file: IRIS, side: 64, range: [0, 1], tolerance: 2e-4 },
  { file: EXPRESSION, side: 64, range: [-1, 1], tolerance: 1e-6 },
] as const;

describe.each(GRAPH_MODELS)('$file.name', ({ file, side, range, tolerance }) => {
  test.each([
    ['noise', async () => noise(side, range)],
    ['a photograph', () => photograph(side, range)],
  ])(`agrees with TensorFlow.js within ${tolerance} on %s`, async (_, makePixels) => {
    const pixels = file === EXPRESSION ? grey(await makePixels()) : await makePixels();
    const [actual, expected] = [await runConverted(file, pixels), await runOriginal(file, pixels)];
    for (const [name, reference] of expected) {
      expect(maxDifference(actual[name]!.data as Float32Array, reference)).toBeLessThan(tolerance);
    }
  });
});

describe(DLIB_RESNET.name, () => {
  const side = 150;
  const range = [0, 255] as const;

  test.each([
    ['noise', async () => noise(side, range)],
    ['a photograph', () => photograph(side, range)],
  ])('agrees with face-api within 1e-6 on %s', async (_, makePixels) => {
    const pixels = await makePixels();
    const actual = await runConverted(DLIB_RESNET, pixels);
    const expected = await runFaceApi(pixels);
    expect(maxDifference(actual['embedding']!.data as Float32Array, expected)).toBeLessThan(1e-6);
  });
});

async function runFaceApi({ side, data }: Pixels): Promise<Float32Array> {
  const faceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const folder = path.dirname(require.resolve('@vladmandic/face-api/package.json'));
  const net = new faceApi.FaceRecognitionNet();
  await net.loadFromDisk(path.join(folder, 'model'));
  const input = faceApi.tf.tensor3d(data, [side, side, 3]);
  return values(net.forwardInput(new faceApi.NetInput([input])));
}
