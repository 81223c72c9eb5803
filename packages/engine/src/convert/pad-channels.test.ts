import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { createGraphBuilder, floatConstant, type GraphBuilder, type OnnxGraph } from './onnx-graph.ts';
import { encodeModel } from './onnx-write.ts';
import { padChannels } from './pad-channels.ts';

const SIDE = 4;
const INPUT = [1, 3, SIDE, SIDE] as const;

/** Fixed numbers in −1..1 without a pattern. */
const values = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed));

function convolve(
  graph: GraphBuilder,
  input: string,
  { from, to, side, group = 1 }: { from: number; to: number; side: number; group?: number },
): string {
  const kernel = graph.floats(values(to * from * side * side, to + side), [to, from, side, side]);
  const bias = graph.floats(values(to, to), [to]);
  const reach = (side - 1) / 2;
  const attributes = { kernel_shape: [side, side], pads: [reach, reach, reach, reach], group };
  return graph.node('Conv', [input, kernel, bias], attributes);
}

/** Five channels, a depthwise and a gated layer among them, and a layer of `out` channels behind. */
function oddNetwork(out: number, last: 'Relu' | 'Softmax' = 'Relu'): OnnxGraph {
  const graph = createGraphBuilder('odd');
  const input = graph.input({ name: 'in', dims: INPUT });
  const wide = graph.node('Relu', [convolve(graph, input, { from: 3, to: 5, side: 3 })]);
  const mixed = convolve(graph, wide, { from: 1, to: 5, side: 3, group: 5 });
  const squeezed = graph.node('GlobalAveragePool', [mixed]);
  const gate = graph.node('Sigmoid', [convolve(graph, squeezed, { from: 5, to: 5, side: 1 })]);
  const sum = graph.node('Add', [wide, graph.node('Mul', [mixed, gate])]);
  const result = graph.node(last, [convolve(graph, sum, { from: 5, to: out, side: 1 })]);
  graph.output(result, { name: 'out', dims: [1, out, SIDE, SIDE] });
  return graph.finish();
}

async function run(graph: OnnxGraph): Promise<number[]> {
  const session = await InferenceSession.create(encodeModel(graph), { graphOptimizationLevel: 'disabled' });
  const { out } = await session.run({ in: new Tensor('float32', values(3 * SIDE * SIDE, 2), INPUT) });
  return [...(out!.data as Float32Array)];
}

test('a network with added channels gives the same answer', async () => {
  const graph = oddNetwork(16);
  const padded = padChannels(graph);
  const [actual, expected] = [await run(padded), await run(graph)];
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(3e-6);
});

test('the result of every convolution fills whole blocks', () => {
  const padded = padChannels(oddNetwork(16));
  const convolutions = padded.nodes.filter(({ op }) => op === 'Conv');
  expect(convolutions.map(({ inputs }) => floatConstant(padded, inputs[1]!).dims.slice(0, 2))).toEqual([
    [16, 3],
    [16, 1],
    [16, 16],
    [16, 16],
  ]);
});

test('what would read an added channel is not guessed at', () => {
  expect(() => padChannels(oddNetwork(5, 'Softmax'))).toThrow('Softmax reads channels that were added.');
  expect(() => padChannels(oddNetwork(5))).toThrow('Identity reads channels that were added.');
});

test('whole blocks stay as they are', () => {
  const graph = createGraphBuilder('whole');
  const input = graph.input({ name: 'in', dims: INPUT });
  graph.output(convolve(graph, input, { from: 3, to: 32, side: 1 }), { name: 'out', dims: [1, 32, 4, 4] });
  const whole = graph.finish();
  expect(padChannels(whole)).toEqual(whole);
});
