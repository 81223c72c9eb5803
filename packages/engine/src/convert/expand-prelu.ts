import { type Constant, floatConstant, type OnnxGraph, type OnnxNode } from './onnx-graph.ts';

/**
 * Writes PReLU with a slope per channel as `slope · x + (1 − slope) · max(x, 0)`, both products as depthwise 1×1
 * convolutions.
 *
 * PReLU makes the runtime leave its blocked channel layout and return after it; convolutions stay in it. On the face
 * mesh this is 1.9 times as fast in all, and moves points of 160 px by 3e-5 px. Other slopes stay as they are.
 */
export function expandPrelu(graph: OnnxGraph): OnnxGraph {
  const constants = new Map(graph.constants);
  const nodes = graph.nodes.flatMap((node) => (node.op === 'PRelu' ? expand(node, constants) : [node]));
  return { ...graph, nodes, constants };
}

function expand(node: OnnxNode, constants: Map<string, Constant>): OnnxNode[] {
  const [input, slopeName] = [node.inputs[0]!, node.inputs[1]!];
  const { dims, data } = floatConstant({ constants }, slopeName);
  if (dims.length !== 3 || dims[0] !== data.length) return [node];
  const scaled = (source: string, part: string, factors: Float32Array): OnnxNode => {
    const weight = `${node.output}-${part}-weight`;
    constants.set(weight, { dims: [data.length, 1, 1, 1], data: factors });
    const attributes = { kernel_shape: [1, 1], group: data.length };
    return { op: 'Conv', inputs: [source, weight], output: `${node.output}-${part}`, attributes };
  };
  const positive: OnnxNode = {
    op: 'Relu',
    inputs: [input],
    output: `${node.output}-positive`,
    attributes: {},
  };
  const whole = scaled(input, 'whole', data);
  const excess = scaled(
    positive.output,
    'excess',
    data.map((slope) => 1 - slope),
  );
  return [
    positive,
    whole,
    excess,
    { op: 'Add', inputs: [whole.output, excess.output], output: node.output, attributes: {} },
  ];
}
