import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { convertModel } from './convert-model.ts';
import { readFrozenGraph } from './frozen-graph.ts';
import type { TfGraph } from './tfjs-graph.ts';

/** The converted mask detector computes what TensorFlow.js computes from the graph that was read. */

const modelsFolder =
  process.env['FACEGATE_TEST_MODELS'] ?? path.resolve(import.meta.dirname, '../../../../../shared/models');
const file = path.join(modelsFolder, 'aizoo-face-mask.pb');
const SIDE = 260;
const OUTPUT = 'cls_branch_concat_1/concat';

/** TensorFlow.js takes the attributes as they were read; constants go back into `Const` nodes. */
async function runOriginal({ nodes, weights }: TfGraph, input: tf.Tensor4D): Promise<ArrayLike<number>> {
  const constants = [...weights].map(([name, { dims, data }]) => ({
    name,
    shape: [...dims],
    isInteger: /axis|shape/i.test(name),
    data,
  }));
  const node = [
    ...nodes.filter(({ name }) => !weights.has(name)).map(asJson),
    ...constants.map(({ name, isInteger }) => ({
      name,
      op: 'Const',
      attr: { dtype: { type: isInteger ? 'DT_INT32' : 'DT_FLOAT' } },
    })),
  ];
  const bytes = constants.map(({ data, isInteger }) =>
    Buffer.from((isInteger ? shapeOfOne(data) : data).slice().buffer),
  );
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology: { node, versions: {} },
      weightSpecs: constants.map(({ name, shape, isInteger }) => ({
        name,
        shape,
        dtype: isInteger ? 'int32' : 'float32',
      })),
      weightData: new Uint8Array(Buffer.concat(bytes)).buffer,
    }),
  );
  return (model.execute(input, OUTPUT) as tf.Tensor).data();
}

/** TensorFlow.js takes no shape in which the batch is open beside another dimension. */
const shapeOfOne = (data: Float32Array): Int32Array =>
  Int32Array.from(data, (dim, i) => (i === 0 && data.length > 1 ? 1 : dim));

const asJson = ({ name, op, inputs, attributes }: TfGraph['nodes'][number]) => ({
  name,
  op,
  input: inputs,
  attr: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)),
});

describe.skipIf(!existsSync(file))('the frozen graph of the mask detector', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('agrees with TensorFlow.js within 1e-5 on noise', async () => {
    const source = await readFile(file);
    const pixels = SIDE * SIDE;
    const planes = Float32Array.from({ length: 3 * pixels }, (_, i) => ((i * 7919) % 1009) / 1009);
    const model = convertModel(
      { kind: 'tf-frozen', options: { name: 'mask', outputs: { classes: OUTPUT } } },
      [source],
    );
    const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
    const { classes } = await session.run({ input: new Tensor('float32', planes, [1, 3, SIDE, SIDE]) });
    expect(classes!.dims).toEqual([1, 5972, 2]);
    const interleaved = Float32Array.from(planes, (_, i) => planes[(i % 3) * pixels + Math.floor(i / 3)]!);
    const input = tf.tensor4d(interleaved, [1, SIDE, SIDE, 3]);
    const expected = await runOriginal(readFrozenGraph(source), input);
    const actual = classes!.data as Float32Array;
    expect(actual).toHaveLength(expected.length);
    const differences = Array.from(actual, (value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });
});
