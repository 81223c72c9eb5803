import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { encodeModel } from './onnx-write.ts';
import { convertTfGraph } from './tfjs-convert.ts';
import { readTfGraph } from './tfjs-graph.ts';

interface JsonNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: object;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const text = (value: string): object => ({ s: base64(value) });
const integers = (...values: number[]): object => ({ list: { i: values.map(String) } });

/** Reads a graph of a 4×4 RGB placeholder `x`, the given constants and the given nodes. */
function read(
  nodes: readonly JsonNode[],
  constants: Record<string, { shape: number[]; values: number[] }> = {},
) {
  const dims = [1, 4, 4, 3].map((size) => ({ size: String(size) }));
  const weights = Object.entries(constants).map(([name, { shape }]) => ({ name, shape, dtype: 'float32' }));
  const json = {
    modelTopology: {
      node: [
        ...nodes,
        { name: 'x', op: 'Placeholder', attr: { shape: { shape: { dim: dims } } } },
        ...Object.keys(constants).map((name) => ({ name, op: 'Const' })),
      ],
    },
    weightsManifest: [{ paths: ['w.bin'], weights }],
  };
  const values = Float32Array.from(Object.values(constants).flatMap((constant) => constant.values));
  return readTfGraph(JSON.stringify(json), new Uint8Array(values.buffer));
}

const convert = (...graph: Parameters<typeof read>) =>
  convertTfGraph(read(...graph), { name: 'test', outputs: { out: graph[0][0]!.name } });

/** The pixel at row r, column c, channel k holds 100·r + 10·c + k. */
async function run(
  graph: ReturnType<typeof convert>,
  batch = 1,
): Promise<{ dims: readonly number[]; data: number[] }> {
  const session = await InferenceSession.create(encodeModel(graph));
  const one = Array.from(
    { length: 48 },
    (_, i) => 100 * (Math.floor(i / 4) % 4) + 10 * (i % 4) + Math.floor(i / 16),
  );
  const input = Float32Array.from(Array.from({ length: batch }, () => one).flat());
  const { out } = await session.run({ input: new Tensor('float32', input, [batch, 3, 4, 4]) });
  return { dims: out!.dims, data: [...(out!.data as Float32Array)] };
}

describe('layout', () => {
  test('flattening keeps TensorFlow order of rows, columns, channels', async () => {
    const graph = convert([{ name: 'flat', op: 'Reshape', input: ['x', 'shape'] }], {
      shape: { shape: [2], values: [1, 48] },
    });
    const { dims, data } = await run(graph);
    expect(dims).toEqual([1, 48]);
    expect(data.slice(0, 7)).toEqual([0, 1, 2, 10, 11, 12, 20]);
  });

  test('padding channels appends them behind the colours', async () => {
    const graph = convert([{ name: 'pad', op: 'Pad', input: ['x', 'amounts'] }], {
      amounts: { shape: [4, 2], values: [0, 0, 0, 0, 0, 0, 0, 1] },
    });
    const { dims, data } = await run(graph);
    expect(dims).toEqual([1, 4, 4, 4]);
    expect(data.slice(4, 8)).toEqual([10, 11, 12, 0]);
  });

  test('padding rows and columns keeps the colours apart', async () => {
    const graph = convert([{ name: 'pad', op: 'Pad', input: ['x', 'amounts'] }], {
      amounts: { shape: [4, 2], values: [0, 0, 0, 1, 2, 0, 0, 0] },
    });
    const { dims, data } = await run(graph);
    expect(dims).toEqual([1, 5, 6, 3]);
    expect(data.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });

  test('a constant per channel is added to its channel', async () => {
    const graph = convert([{ name: 'sum', op: 'AddV2', input: ['x', 'shift'] }], {
      shift: { shape: [3], values: [1000, 2000, 3000] },
    });
    expect((await run(graph)).data.slice(0, 3)).toEqual([1000, 2001, 3002]);
  });

  test('pictures are joined channel by channel', async () => {
    const graph = convert([{ name: 'joined', op: 'ConcatV2', input: ['x', 'x', 'axis'] }], {
      axis: { shape: [], values: [-1] },
    });
    const { dims, data } = await run(graph);
    expect(dims).toEqual([1, 4, 4, 6]);
    expect(data.slice(6, 12)).toEqual([10, 11, 12, 10, 11, 12]);
  });

  test('rows are joined one after another', async () => {
    const graph = convert(
      [
        { name: 'joined', op: 'ConcatV2', input: ['rows', 'rows', 'axis'] },
        { name: 'rows', op: 'Reshape', input: ['x', 'shape'] },
      ],
      { axis: { shape: [], values: [1] }, shape: { shape: [3], values: [1, 16, 3] } },
    );
    const { dims, data } = await run(graph);
    expect(dims).toEqual([1, 32, 3]);
    expect([data.slice(0, 3), data.slice(48, 51)]).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  test('each channel is normalised by its own statistics', async () => {
    const channel = (...values: number[]) => ({ shape: [3], values });
    const graph = convert(
      [
        {
          name: 'normal',
          op: 'FusedBatchNorm',
          input: ['x', 'scale', 'offset', 'mean', 'variance'],
          attr: { epsilon: { f: 1 } },
        },
      ],
      {
        scale: channel(1, 2, 3),
        offset: channel(10, 20, 30),
        mean: channel(0, 1, 2),
        variance: channel(3, 0, 8),
      },
    );
    expect((await run(graph)).data.slice(3, 6)).toEqual([15, 40, 40]);
  });

  test('a convolution of stride 2 with SAME padding begins at the first pixel', async () => {
    const kernel = Array.from({ length: 27 }, (_, i) => (i === 0 ? 1 : 0));
    const graph = convert(
      [
        {
          name: 'conv',
          op: 'Conv2D',
          input: ['x', 'kernel'],
          attr: { padding: text('SAME'), strides: integers(1, 2, 2, 1) },
        },
      ],
      { kernel: { shape: [3, 3, 3, 1], values: kernel } },
    );
    // The kernel picks its own top-left pixel, which is the image's where the padding lies after it.
    expect((await run(graph)).data).toEqual([0, 20, 200, 220]);
  });
});

test('the batch is dynamic, whatever the placeholder says', async () => {
  const graph = convert([{ name: 'flat', op: 'Reshape', input: ['x', 'shape'] }], {
    shape: { shape: [2], values: [1, -1] },
  });
  expect((await run(graph, 2)).dims).toEqual([2, 48]);
});

describe('what the converter does not know is an error', () => {
  const conv = (attr: object): JsonNode => ({
    name: 'conv',
    op: '_FusedConv2D',
    input: ['x', 'kernel', 'bias'],
    attr,
  });
  const constants = { kernel: { shape: [1, 1, 3, 1], values: [1, 1, 1] }, bias: { shape: [1], values: [0] } };

  test('an operation', () => {
    expect(() => convert([{ name: 'odd', op: 'SpaceToDepth', input: ['x'] }])).toThrow(
      /operation SpaceToDepth/,
    );
  });

  test('a fused activation', () => {
    const attr = { padding: text('VALID'), fused_ops: { list: { s: ['BiasAdd', 'Elu'].map(base64) } } };
    expect(() => convert([conv(attr)], constants)).toThrow(/BiasAdd and Elu/);
  });

  test('a padding', () => {
    expect(() => convert([conv({ padding: text('EXPLICIT') })], constants)).toThrow(/EXPLICIT/);
  });

  test('a reshape that mixes pictures', () => {
    const shape = { shape: [2], values: [2, 24] };
    expect(() => convert([{ name: 'r', op: 'Reshape', input: ['x', 'shape'] }], { shape })).toThrow(/mix/);
  });

  test('an input that is not in the graph', () => {
    expect(() => convert([{ name: 'relu', op: 'Relu', input: ['nowhere'] }])).toThrow(
      /nowhere, which is not/,
    );
  });

  test('a file that is no graph model', () => {
    expect(() => readTfGraph('{"format":"layers-model"}', new Uint8Array())).toThrow(
      /no TensorFlow.js graph/,
    );
  });
});
