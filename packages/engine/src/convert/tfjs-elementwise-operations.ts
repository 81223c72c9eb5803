/** Operations that treat every element alike, with or without a constant or a second tensor. */
import { flagAttribute, numberAttribute } from './tfjs-graph.ts';
import { broadcastConstant, channelsFirst, type OperationConverter, type Value } from './tfjs-values.ts';

const unary =
  (op: string): OperationConverter =>
  ({ graph, value }) => {
    const input = value(0);
    return { ...input, tensor: graph.node(op, [input.tensor]) };
  };

/** Both operands computed, or one of them a constant no larger than the other. */
const binary =
  (op: string): OperationConverter =>
  (context) => {
    const { graph } = context;
    const constantAt = [0, 1].find((index) => context.isConstant(index));
    if (constantAt === undefined) return combine(op, context.value(0), context.value(1), graph);
    const operand = context.value(1 - constantAt);
    const constant = broadcastConstant(graph, context.constant(constantAt), operand);
    const inputs = constantAt === 0 ? [constant, operand.tensor] : [operand.tensor, constant];
    return { ...operand, tensor: graph.node(op, inputs) };
  };

const prelu: OperationConverter = ({ graph, value, constant }) => {
  const input = value(0);
  const slope = broadcastConstant(graph, constant(1), input);
  return { ...input, tensor: graph.node('PRelu', [input.tensor, slope]) };
};

const relu6: OperationConverter = ({ graph, value }) => {
  const input = value(0);
  const bounds = [graph.floats([0], []), graph.floats([6], [])];
  return { ...input, tensor: graph.node('Clip', [input.tensor, ...bounds]) };
};

/** Inputs: image, scale, offset, mean, variance. */
const batchNorm: OperationConverter = ({ graph, node, value, constant }) => {
  const input = value(0);
  if (flagAttribute(node, 'is_training')) throw new Error(`${node.name} is still in training.`);
  const parameters = [1, 2, 3, 4].map((index) => {
    const { dims, data } = constant(index);
    return graph.floats(data, dims);
  });
  const epsilon = { float: numberAttribute(node, 'epsilon') };
  const tensors = [channelsFirst(graph, input), ...parameters];
  return { ...input, channelsFirst: true, tensor: graph.node('BatchNormalization', tensors, { epsilon }) };
};

export const ELEMENTWISE_OPERATIONS: Readonly<Record<string, OperationConverter>> = {
  Identity: ({ value }) => value(0),
  Relu: unary('Relu'),
  Relu6: relu6,
  HardSwish: unary('HardSwish'),
  Sigmoid: unary('Sigmoid'),
  Prelu: prelu,
  Add: binary('Add'),
  AddV2: binary('Add'),
  BiasAdd: binary('Add'),
  FusedBatchNorm: batchNorm,
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Minimum: binary('Min'),
  Maximum: binary('Max'),
};

function combine(op: string, left: Value, right: Value, graph: Parameters<typeof channelsFirst>[0]): Value {
  if (left.dims.join() !== right.dims.join() && !isPerChannel(left, right)) {
    throw new Error(`${op} of [${left.dims.join()}] and [${right.dims.join()}] would need broadcasting.`);
  }
  if (!left.channelsFirst && !right.channelsFirst) {
    return { ...left, tensor: graph.node(op, [left.tensor, right.tensor]) };
  }
  const inputs = [channelsFirst(graph, left), channelsFirst(graph, right)];
  return { ...left, channelsFirst: true, tensor: graph.node(op, inputs) };
}

/** One number per channel for a whole image, as a gate of channels gives: ONNX repeats it as TensorFlow does. */
const isPerChannel = (image: Value, { dims }: Value): boolean =>
  dims.length === 4 && dims[1] === 1 && dims[2] === 1 && dims[3] === image.dims[3];
