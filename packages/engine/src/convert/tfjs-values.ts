import type { GraphBuilder } from './onnx-graph.ts';
import { permute } from './spatial.ts';
import type { TfGraph, TfNode } from './tfjs-graph.ts';
import type { TfWeight } from './tfjs-weights.ts';

/** A tensor of the graph under conversion. The first dimension is the batch and is dynamic, whatever its size says. */
export interface Value {
  readonly tensor: string;
  /** TensorFlow's order: batch, height, width, channels for images. */
  readonly dims: readonly number[];
  /** Whether the ONNX tensor is NCHW; else it lies as `dims` says. */
  readonly channelsFirst: boolean;
}

/** What one operation needs to be converted. */
export interface ConversionContext {
  readonly graph: GraphBuilder;
  readonly node: TfNode;
  /** The computed tensor of the node's input number `index`. @throws Error when that input is a constant. */
  value(index: number): Value;
  /** The constant of the node's input number `index`. @throws Error when that input is computed. */
  constant(index: number): TfWeight;
  isConstant(index: number): boolean;
}

export type OperationConverter = (context: ConversionContext) => Value;

export interface ValueTable {
  contextOf(node: TfNode): ConversionContext;
  set(name: string, value: Value): void;
  /** @throws Error when no such value was computed. */
  get(name: string): Value;
  isConstant(name: string): boolean;
}

export function createValueTable(graph: GraphBuilder, weights: TfGraph['weights']): ValueTable {
  const values = new Map<string, Value>();
  const get = (name: string): Value => {
    const value = values.get(name);
    if (!value) throw new Error(`${name} is not computed by this graph.`);
    return value;
  };
  return {
    get,
    set: (name, value) => void values.set(name, value),
    isConstant: (name) => weights.has(name),
    contextOf: (node) => ({
      graph,
      node,
      value: (index) => get(inputName(node, index)),
      isConstant: (index) => weights.has(inputName(node, index)),
      constant(index) {
        const weight = weights.get(inputName(node, index));
        if (!weight) throw new Error(`${node.op} ${node.name} needs a constant as input ${index}.`);
        return weight;
      },
    }),
  };
}

function inputName(node: TfNode, index: number): string {
  const name = node.inputs[index];
  if (name === undefined) throw new Error(`${node.op} ${node.name} has no input ${index}.`);
  return name;
}

/** The tensor in NCHW, transposed when it is not. @throws Error when it is no image. */
export function channelsFirst(graph: GraphBuilder, value: Value): string {
  if (value.channelsFirst) return value.tensor;
  if (value.dims.length !== 4) throw new Error(`${value.tensor} is no image.`);
  return graph.node('Transpose', [value.tensor], { perm: [0, 3, 1, 2] });
}

/** The tensor in TensorFlow's own order, transposed when it is not. A 1×1 image lies the same in both, bar its shape. */
export function inOwnOrder(graph: GraphBuilder, value: Value): string {
  return value.channelsFirst ? graph.node('Transpose', [value.tensor], { perm: [0, 2, 3, 1] }) : value.tensor;
}

/**
 * Stores a constant so that it broadcasts against `value` as TensorFlow would.
 *
 * @param weight a scalar, one number per channel, or a whole image [height, width, channels].
 */
export function broadcastConstant(graph: GraphBuilder, weight: TfWeight, value: Value): string {
  const { dims, data } = weight;
  if (data.length === 1) return graph.floats(data, []);
  if (!value.channelsFirst) return graph.floats(data, dims);
  if (data.length === dims.at(-1)) return graph.floats(data, [data.length, 1, 1]);
  const [height = 1, width = 1, channels = 1] = dims.slice(-3);
  const image = permute({ dims: [1, height, width, channels], data }, [0, 3, 1, 2]);
  return graph.floats(image.data, image.dims.slice(1));
}
