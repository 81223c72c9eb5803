/** Operations that change shapes, and the dense layers that live among flattened values. */
import { appendChannels } from './append-channels.ts';
import { elementCount } from './onnx-graph.ts';
import { flagAttribute, textListAttribute } from './tfjs-graph.ts';
import { inOwnOrder, type OperationConverter } from './tfjs-values.ts';

const pad: OperationConverter = ({ graph, value, constant }) => {
  const input = value(0);
  const amounts = Array.from(constant(1).data);
  const before = input.dims.map((_, axis) => amounts[2 * axis]!);
  const after = input.dims.map((_, axis) => amounts[2 * axis + 1]!);
  const dims = input.dims.map((dim, axis) => dim + before[axis]! + after[axis]!);
  if (input.channelsFirst && [...before, ...after.slice(0, 3)].every((amount) => amount === 0)) {
    const sizes = { channels: input.dims[3]!, wanted: dims[3]! };
    return { ...input, dims, tensor: appendChannels(graph, input.tensor, sizes) };
  }
  const order = input.channelsFirst ? [0, 3, 1, 2] : input.dims.map((_, axis) => axis);
  const pads = [before, after].flatMap((side) => order.map((axis) => side[axis]!));
  return {
    ...input,
    dims,
    tensor: graph.node('Pad', [input.tensor, graph.integers(pads)], { mode: 'constant' }),
  };
};

/** Keeps the batch dimension, whatever constant stands in its place; more must not be asked of a dynamic batch. */
const reshape: OperationConverter = ({ graph, node, value, constant }) => {
  const input = value(0);
  const perItem = elementCount(input.dims.slice(1));
  const asked = Array.from(constant(1).data).slice(1);
  const known = elementCount(asked.filter((dim) => dim !== -1));
  const dims = asked.map((dim) => (dim === -1 ? perItem / known : dim));
  if (elementCount(dims) !== perItem) throw new Error(`${node.name} would mix the pictures of a batch.`);
  // Pixels become rows whatever their number is, so that the network may take pictures of other sizes.
  const arePixelsRows = input.dims.length === 4 && dims.length === 2;
  const shape = arePixelsRows ? [0, -1, dims[1]!] : [-1, ...dims];
  const tensor = graph.node('Reshape', [inOwnOrder(graph, input), graph.integers(shape)]);
  return { tensor, dims: [input.dims[0]!, ...dims], channelsFirst: false };
};

/** Average over all pixels, per channel. */
const mean: OperationConverter = ({ graph, node, value, constant }) => {
  const input = value(0);
  const axes = Array.from(constant(1).data, (axis) => (axis < 0 ? axis + input.dims.length : axis));
  if (!input.channelsFirst || axes.join() !== '1,2') {
    throw new Error(
      `${node.name} averages over [${axes.join()}]; the converter knows height and width alone.`,
    );
  }
  const pooled = graph.node('GlobalAveragePool', [input.tensor]);
  const [batch, , , channels] = input.dims;
  if (flagAttribute(node, 'keep_dims')) {
    return { tensor: pooled, dims: [batch!, 1, 1, channels!], channelsFirst: true };
  }
  const tensor = graph.node('Flatten', [pooled], { axis: 1 });
  return { tensor, dims: [batch!, channels!], channelsFirst: false };
};

const dense: OperationConverter = ({ graph, node, value, constant }) => {
  const input = value(0);
  const weight = constant(1);
  const fused = textListAttribute(node, 'fused_ops');
  if (fused[0] !== 'BiasAdd' || fused.length > 2 || !['Relu', undefined].includes(fused[1])) {
    throw new Error(`${node.name} fuses [${fused.join()}], which the converter does not know.`);
  }
  if (flagAttribute(node, 'transpose_a')) throw new Error(`${node.name} transposes its batch.`);
  const transposed = flagAttribute(node, 'transpose_b');
  const bias = constant(2);
  const inputs = [
    inOwnOrder(graph, input),
    graph.floats(weight.data, weight.dims),
    graph.floats(bias.data, [bias.data.length]),
  ];
  const sum = graph.node('Gemm', inputs, { transB: transposed ? 1 : 0 });
  const tensor = fused[1] === 'Relu' ? graph.node('Relu', [sum]) : sum;
  return { tensor, dims: [input.dims[0]!, weight.dims[transposed ? 0 : 1]!], channelsFirst: false };
};

const softmax: OperationConverter = ({ graph, value }) => {
  const input = value(0);
  const tensor = graph.node('Softmax', [inOwnOrder(graph, input)], { axis: -1 });
  return { ...input, tensor, channelsFirst: false };
};

/** Along one axis, named by the last input; batches are not joined. */
const concatenate: OperationConverter = ({ graph, node, value, constant }) => {
  const last = node.inputs.length - 1;
  const parts = node.inputs.slice(0, last).map((_, index) => value(index));
  const first = parts[0]!;
  const axis = constant(last).data[0]!;
  const joined = axis < 0 ? axis + first.dims.length : axis;
  if (joined === 0) throw new Error(`${node.name} joins batches.`);
  const dims = first.dims.map((dim, i) =>
    i === joined ? parts.reduce((sum, part) => sum + part.dims[i]!, 0) : dim,
  );
  const areImages = parts.every((part) => part.channelsFirst);
  const tensors = parts.map((part) => (areImages ? part.tensor : inOwnOrder(graph, part)));
  const onnxAxis = areImages ? [0, 2, 3, 1][joined]! : joined;
  return { tensor: graph.node('Concat', tensors, { axis: onnxAxis }), dims, channelsFirst: areImages };
};

export const SHAPE_OPERATIONS: Readonly<Record<string, OperationConverter>> = {
  Pad: pad,
  Reshape: reshape,
  Mean: mean,
  _FusedMatMul: dense,
  Softmax: softmax,
  ConcatV2: concatenate,
};
