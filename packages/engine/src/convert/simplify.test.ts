import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { createGraphBuilder, type GraphBuilder, type OnnxGraph } from './onnx-graph.ts';
import { encodeModel } from './onnx-write.ts';
import { simplify } from './simplify.ts';

const CHANNELS = 4;
const SIDE = 4;

/** Fixed numbers in −1..1 without a pattern. */
const values = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed));

/** A graph from [1, 4, 4, 4] to `out`, of what `body` adds behind a 3×3 convolution. */
function afterConvolution(body: (graph: GraphBuilder, convolved: string) => string): OnnxGraph {
  const graph = createGraphBuilder('after-convolution');
  const input = graph.input({ name: 'in', dims: [1, CHANNELS, SIDE, SIDE] });
  const weight = graph.floats(values(CHANNELS * CHANNELS * 9, 1), [CHANNELS, CHANNELS, 3, 3]);
  const convolved = graph.node('Conv', [input, weight], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
  graph.output(body(graph, convolved), { name: 'out', dims: [1, CHANNELS, SIDE, SIDE] });
  return graph.finish();
}

async function run(graph: OnnxGraph): Promise<number[]> {
  // The runtime's own rewriting is off, so that ours is what is compared.
  const session = await InferenceSession.create(encodeModel(graph), { graphOptimizationLevel: 'disabled' });
  const input = new Tensor('float32', values(CHANNELS * SIDE * SIDE, 2), [1, CHANNELS, SIDE, SIDE]);
  return [...((await session.run({ in: input }))['out']!.data as Float32Array)];
}

async function expectSameFunction(graph: OnnxGraph): Promise<string[]> {
  const simplified = simplify(graph);
  const [actual, expected] = [await run(simplified), await run(graph)];
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(3e-6);
  return simplified.nodes.map((node) => node.op);
}

const column = (graph: GraphBuilder, seed: number): string =>
  graph.floats(values(CHANNELS, seed), [CHANNELS, 1, 1]);

describe('folding', () => {
  test('takes scale, shift and batch normalisation into the convolution', async () => {
    const graph = afterConvolution((g, x) => {
      const scaled = g.node('Mul', [x, column(g, 3)]);
      const shifted = g.node('Add', [column(g, 4), scaled]);
      const statistics = [5, 6, 7].map((seed) => g.floats(values(CHANNELS, seed), [CHANNELS]));
      const variance = g.floats(values(CHANNELS, 8).map(Math.abs), [CHANNELS]);
      const parameters = [shifted, ...statistics, variance];
      return g.node('BatchNormalization', parameters, { epsilon: { float: 1e-3 } });
    });
    expect(await expectSameFunction(graph)).toEqual(['Conv', 'Identity']);
  });

  test('leaves a convolution alone whose result is read elsewhere too', async () => {
    const graph = afterConvolution((g, x) => g.node('Add', [g.node('Mul', [x, column(g, 3)]), x]));
    expect(await expectSameFunction(graph)).toEqual(['Conv', 'Mul', 'Add', 'Identity']);
  });

  test('does not take a constant along the width for one along the channels', async () => {
    const graph = afterConvolution((g, x) => g.node('Mul', [x, g.floats(values(SIDE, 3), [SIDE])]));
    expect(await expectSameFunction(graph)).toEqual(['Conv', 'Mul', 'Identity']);
  });
});

describe('merging bounds', () => {
  const scalar = (graph: GraphBuilder, value: number): string => graph.floats([value], []);

  test('turns Relu, Min and Max into one Clip', async () => {
    const graph = afterConvolution((g, x) => {
      const capped = g.node('Min', [g.node('Relu', [x]), scalar(g, 0.5)]);
      return g.node('Max', [capped, scalar(g, 0.1)]);
    });
    expect(await expectSameFunction(graph)).toEqual(['Conv', 'Clip', 'Identity']);
  });

  test('keeps the order of bounds that cross', async () => {
    const graph = afterConvolution((g, x) => {
      const raised = g.node('Max', [x, scalar(g, 0.5)]);
      return g.node('Clip', [raised, scalar(g, -1), scalar(g, 0.25)]);
    });
    expect(await expectSameFunction(graph)).toEqual(['Conv', 'Clip', 'Identity']);
    expect(new Set(await run(simplify(graph)))).toEqual(new Set([0.25]));
  });

  test('leaves bounds by whole tensors alone', async () => {
    const graph = afterConvolution((g, x) => g.node('Min', [g.node('Relu', [x]), column(g, 3)]));
    expect(await expectSameFunction(graph)).toEqual(['Conv', 'Relu', 'Min', 'Identity']);
  });
});

test('PReLU with a slope per channel becomes convolutions', async () => {
  const graph = afterConvolution((g, x) => g.node('PRelu', [x, column(g, 3)]));
  expect(await expectSameFunction(graph)).toEqual(['Conv', 'Relu', 'Conv', 'Conv', 'Add', 'Identity']);
});

test('what no output needs is dropped', async () => {
  const graph = afterConvolution((g, x) => {
    g.node('Sigmoid', [x]);
    return g.node('Relu', [x]);
  });
  expect(await expectSameFunction(graph)).toEqual(['Conv', 'Relu', 'Identity']);
});
