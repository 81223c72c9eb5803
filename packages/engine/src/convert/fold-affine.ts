import { countUses } from './node-uses.ts';
import { type Constant, elementCount, floatConstant, type OnnxGraph, type OnnxNode } from './onnx-graph.ts';

/** `y = scale · x + shift`, one pair per channel; a single pair serves all channels. */
interface Affine {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
  /** Where the constant is laid out along the last axis, which holds channels only after a dense layer. */
  readonly isRow: boolean;
}

/**
 * Folds BatchNormalization, and multiplication or addition of per-channel constants, into the convolution or dense
 * layer whose result they alone read.
 */
export function foldAffine(graph: OnnxGraph): OnnxGraph {
  const uses = countUses(graph);
  const constants = new Map(graph.constants);
  const nodes: OnnxNode[] = [];
  const positions = new Map<string, number>();
  for (const node of graph.nodes) {
    const affine = affineOf(node, constants);
    const position = affine ? positions.get(affine.input) : undefined;
    const layer = position === undefined ? undefined : nodes[position];
    const folded =
      layer && affine && uses.get(layer.output) === 1 ? fold(layer, affine, constants) : undefined;
    if (folded && position !== undefined) {
      nodes[position] = { ...folded, output: node.output };
      positions.set(node.output, position);
    } else {
      positions.set(node.output, nodes.push(node) - 1);
    }
  }
  return { ...graph, nodes, constants };
}

/** Layers whose weights hold the output channels first. */
const canAbsorb = (layer: OnnxNode, affine: Affine): boolean =>
  (layer.op === 'Conv' && !affine.isRow) || (layer.op === 'Gemm' && layer.attributes['transB'] === 1);

function affineOf(
  node: OnnxNode,
  constants: ReadonlyMap<string, Constant>,
): (Affine & { input: string }) | undefined {
  if (node.op === 'BatchNormalization') return batchNormalisation(node, constants);
  if (node.op !== 'Mul' && node.op !== 'Add') return undefined;
  const [left, right] = [node.inputs[0]!, node.inputs[1]!];
  const [input, constant] = constants.has(left) ? [right, left] : [left, right];
  const values = perChannel(constant, constants);
  if (!values) return undefined;
  const isRow = constants.get(constant)?.dims.length === 1 && values.length > 1;
  return node.op === 'Mul'
    ? { input, isRow, scale: values, shift: values.map(() => 0) }
    : { input, isRow, scale: values.map(() => 1), shift: values };
}

function batchNormalisation(
  node: OnnxNode,
  constants: ReadonlyMap<string, Constant>,
): Affine & { input: string } {
  const [gamma, beta, mean, variance] = node.inputs
    .slice(1)
    .map((name) => floatConstant({ constants }, name).data);
  const epsilon = node.attributes['epsilon'];
  if (!epsilon || typeof epsilon !== 'object' || !('float' in epsilon))
    throw new Error('No epsilon is stated.');
  const scale = Array.from(gamma!, (value, i) => value / Math.sqrt(variance![i]! + epsilon.float));
  const shift = Array.from(beta!, (value, i) => value - mean![i]! * scale[i]!);
  return { input: node.inputs[0]!, scale, shift, isRow: false };
}

/** The constant as one number per channel: a scalar, [C], or [C, 1, 1]. Undefined for anything wider. */
function perChannel(name: string, constants: ReadonlyMap<string, Constant>): number[] | undefined {
  const tensor = constants.get(name);
  if (!tensor || !(tensor.data instanceof Float32Array)) return undefined;
  const { dims, data } = tensor;
  const isChannelColumn = dims.length === 3 && dims[0] === data.length;
  return data.length === 1 || dims.length === 1 || isChannelColumn ? Array.from(data) : undefined;
}

function fold(layer: OnnxNode, affine: Affine, constants: Map<string, Constant>): OnnxNode | undefined {
  if (!canAbsorb(layer, affine)) return undefined;
  const [input, weightName, biasName] = [layer.inputs[0]!, layer.inputs[1]!, layer.inputs[2]];
  const weights = floatConstant({ constants }, weightName);
  const channels = weights.dims[0]!;
  const perOutput = elementCount(weights.dims.slice(1));
  const at = (values: readonly number[], channel: number): number =>
    values[values.length === 1 ? 0 : channel]!;
  const bias = biasName ? floatConstant({ constants }, biasName).data : new Float32Array(channels);
  const folded = {
    weights: weights.data.map((value, i) => value * at(affine.scale, Math.floor(i / perOutput))),
    bias: bias.map((value, i) => value * at(affine.scale, i) + at(affine.shift, i)),
  };
  const names = [`folded${constants.size}`, `folded${constants.size + 1}`] as const;
  constants.set(names[0], { dims: weights.dims, data: folded.weights });
  constants.set(names[1], { dims: [channels], data: folded.bias });
  return { ...layer, inputs: [input, ...names] };
}
