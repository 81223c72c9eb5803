import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { createGraphBuilder } from './onnx-graph.ts';
import { type OnnxPatch, patchModel } from './onnx-patch.ts';
import { encodeModel } from './onnx-write.ts';

/** Doubles [1, 2, 2] and flattens it to [1, 4]: a model that takes a batch of one, as exporters write them. */
function batchOfOne(): Uint8Array {
  const graph = createGraphBuilder('batch-of-one');
  const input = graph.input({ name: 'in', dims: [1, 2, 2] });
  const doubled = graph.node('Add', [input, input]);
  const flat = graph.node('Reshape', [doubled, graph.integers([1, -1])]);
  graph.output(flat, { name: 'out', dims: [1, 4] });
  return encodeModel(graph.finish());
}

const DYNAMIC: OnnxPatch = {
  ports: [
    { name: 'in', dims: ['N', 2, 2] },
    { name: 'out', dims: ['N', 4] },
  ],
  keepsBatch: true,
};

async function run(model: Uint8Array, batch: number): Promise<Tensor> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 4 });
  const values = Float32Array.from({ length: 4 * batch }, (_, i) => i);
  const { out } = await session.run({ in: new Tensor('float32', values, [batch, 2, 2]) });
  return out as Tensor;
}

test('a freed model answers a batch as it answers each picture alone', async () => {
  await expect(run(batchOfOne(), 2)).rejects.toThrow();
  const out = await run(patchModel(batchOfOne(), DYNAMIC), 2);
  expect(out.dims).toEqual([2, 4]);
  expect([...(out.data as Float32Array)]).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
});

test('a model patched with its own shapes keeps every byte', () => {
  const ports = [
    { name: 'in', dims: [1, 2, 2] },
    { name: 'out', dims: [1, 4] },
  ];
  expect(Buffer.from(patchModel(batchOfOne(), { ports })).equals(batchOfOne())).toBe(true);
});

test('a port that is not there is an error', () => {
  const ports = [{ name: 'input', dims: ['N'] }];
  expect(() => patchModel(batchOfOne(), { ports })).toThrow('no input or output input');
});

test('a Reshape whose batch is not one is not guessed at', () => {
  const patched = patchModel(batchOfOne(), DYNAMIC);
  expect(() => patchModel(patched, DYNAMIC)).toThrow(/does not begin with a batch of 1/);
});
