/** An ONNX graph while it is being built: nodes, constants, inputs and outputs. */

export interface FloatTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

interface IntegerTensor {
  readonly dims: readonly number[];
  readonly data: BigInt64Array;
}

interface ByteTensor {
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

export type Constant = FloatTensor | IntegerTensor | ByteTensor;

/** Whole numbers and lists of them are ONNX ints; a `{ float }` is an ONNX float. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

export interface OnnxNode {
  readonly op: string;
  /** Tensor names; an empty name is an omitted optional input. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A tensor at the border of the graph; a named dimension is dynamic. */
export interface TensorPort {
  readonly name: string;
  /** @default 'float' */
  readonly type?: 'float' | 'uint8' | 'int8' | 'int32';
  readonly dims: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  /** In an order in which every input is computed before it is used. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
}

/** Name of the dynamic batch dimension. */
export const BATCH = 'N';

export interface GraphBuilder {
  /** Declares an input and returns its name. */
  input(port: TensorPort): string;
  /** Stores float constants and returns their tensor name. */
  floats(values: ArrayLike<number>, dims: readonly number[]): string;
  /** Stores uint8 constants and returns their tensor name. */
  bytes(values: ArrayLike<number>, dims: readonly number[]): string;
  /** Stores a list of int64 constants and returns its tensor name. */
  integers(values: readonly number[]): string;
  /** Adds a node and returns the name of its one output. */
  node(op: string, inputs: readonly string[], attributes?: Readonly<Record<string, Attribute>>): string;
  /** Publishes a tensor under the port's name. */
  output(tensor: string, port: TensorPort): void;
  finish(): OnnxGraph;
}

/** An empty graph. Names are numbered in order of creation, so that equal calls give equal graphs. */
export function createGraphBuilder(name: string): GraphBuilder {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, Constant>();
  const inputs: TensorPort[] = [];
  const outputs: TensorPort[] = [];
  const constant = (value: Constant): string => {
    const key = `c${constants.size}`;
    constants.set(key, value);
    return key;
  };
  return {
    input(port) {
      inputs.push(port);
      return port.name;
    },
    floats: (values, dims) => constant({ dims, data: Float32Array.from(values) }),
    bytes: (values, dims) => constant({ dims, data: Uint8Array.from(values) }),
    integers: (values) => constant({ dims: [values.length], data: BigInt64Array.from(values, BigInt) }),
    node(op, nodeInputs, attributes = {}) {
      const output = `${op}${nodes.length}`;
      nodes.push({ op, inputs: nodeInputs, output, attributes });
      return output;
    },
    output(tensor, port) {
      nodes.push({ op: 'Identity', inputs: [tensor], output: port.name, attributes: {} });
      outputs.push(port);
    },
    finish: () => ({ name, nodes, constants, inputs, outputs }),
  };
}

/** A constant known to be of floats. @throws Error when it is absent or of integers. */
export function floatConstant(graph: Pick<OnnxGraph, 'constants'>, name: string): FloatTensor {
  const tensor = graph.constants.get(name);
  if (!tensor || !(tensor.data instanceof Float32Array)) throw new Error(`${name} is no float constant.`);
  return { dims: tensor.dims, data: tensor.data };
}

/** Number of elements of a tensor of these dimensions. */
export const elementCount = (dims: readonly number[]): number => dims.reduce((n, dim) => n * dim, 1);
