import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import {
  BATCH,
  createGraphBuilder,
  type FloatTensor,
  type GraphBuilder,
  type OnnxGraph,
} from './onnx-graph.ts';

const SymbolNode = Type.Object({
  op: Type.String(),
  name: Type.String(),
  attrs: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** [node, output of it, version]. */
  inputs: Type.Array(Type.Array(Type.Integer())),
});
const SymbolFile = Type.Object({
  nodes: Type.Array(SymbolNode),
  heads: Type.Array(Type.Array(Type.Integer()), { minItems: 1, maxItems: 1 }),
});
type SymbolNode = Static<typeof SymbolNode>;

/** MXNet's own default, used where a node states none. */
const BATCH_NORM_EPSILON = '0.001';

export interface MxnetConversionOptions {
  readonly name: string;
  /** [channels, height, width] of the input `data`. */
  readonly inputDims: readonly [number, number, number];
  readonly dimension: number;
}

/**
 * Converts an MXNet symbol with one input `data` and one vector as its result.
 *
 * Input `input`: [N, …inputDims]; output `embedding`: [N, dimension], not of unit length. Normalisation in the symbol
 * stays in the graph.
 *
 * @param symbol the text of `…-symbol.json`.
 * @throws Error on any operation it does not know, and on weights that are absent.
 */
export function convertMxnetSymbol(
  symbol: string,
  params: ReadonlyMap<string, FloatTensor>,
  options: MxnetConversionOptions,
): OnnxGraph {
  const file: unknown = JSON.parse(symbol);
  if (!Check(SymbolFile, file)) throw new Error('The file is no MXNet symbol with one result.');
  const graph = createGraphBuilder(options.name);
  const tensors: string[] = [];
  for (const node of file.nodes) {
    if (node.op === 'null') {
      tensors.push(variable(graph, node.name, { params, options }));
      continue;
    }
    const inputs = node.inputs.map(([index]) => tensors[index!]!);
    tensors.push(convertNode(graph, { node, inputs, nodes: file.nodes, params }));
  }
  graph.output(tensors[file.heads[0]![0]!]!, { name: 'embedding', dims: [BATCH, options.dimension] });
  return graph.finish();
}

interface Operation {
  readonly node: SymbolNode;
  readonly inputs: readonly string[];
  readonly nodes: readonly SymbolNode[];
  readonly params: ReadonlyMap<string, FloatTensor>;
}

function variable(
  graph: GraphBuilder,
  name: string,
  from: { params: ReadonlyMap<string, FloatTensor>; options: MxnetConversionOptions },
): string {
  if (name === 'data') return graph.input({ name: 'input', dims: [BATCH, ...from.options.inputDims] });
  const weight = from.params.get(name);
  if (!weight) throw new Error(`The parameters lack ${name}.`);
  return graph.floats(weight.data, weight.dims);
}

function convertNode(graph: GraphBuilder, operation: Operation): string {
  const convert = OPERATIONS[operation.node.op];
  if (!convert) throw new Error(`${operation.node.name}: the converter does not know ${operation.node.op}.`);
  return convert(graph, operation);
}

type MxnetOperationConverter = (graph: GraphBuilder, operation: Operation) => string;

const withScalar =
  (op: string): MxnetOperationConverter =>
  (graph, { node, inputs }) => {
    const scalar = Number(attributeOf(node, 'scalar'));
    return graph.node(op, [inputs[0]!, graph.floats([scalar], [])]);
  };

const convolution: MxnetOperationConverter = (graph, { node, inputs }) => {
  const pad = pair(attributeOf(node, 'pad', '(0, 0)'));
  return graph.node('Conv', inputs, {
    kernel_shape: pair(attributeOf(node, 'kernel')),
    strides: pair(attributeOf(node, 'stride', '(1, 1)')),
    dilations: pair(attributeOf(node, 'dilate', '(1, 1)')),
    pads: [...pad, ...pad],
    group: Number(attributeOf(node, 'num_group', '1')),
  });
};

/** MXNet ignores the stored gamma where `fix_gamma` holds, which is its default. */
const batchNorm: MxnetOperationConverter = (graph, { node, inputs, nodes, params }) => {
  const [data, gamma, ...rest] = inputs;
  const isFixed = attributeOf(node, 'fix_gamma', 'True') === 'True';
  const channels = params.get(nodes[node.inputs[1]![0]!]!.name)!.data.length;
  const scale = isFixed ? graph.floats(new Float32Array(channels).fill(1), [channels]) : gamma!;
  const epsilon = Number(attributeOf(node, 'eps', BATCH_NORM_EPSILON));
  return graph.node('BatchNormalization', [data!, scale, ...rest], { epsilon: { float: epsilon } });
};

const fullyConnected: MxnetOperationConverter = (graph, { inputs }) =>
  graph.node('Gemm', inputs, { transB: 1 });

const OPERATIONS: Readonly<Record<string, MxnetOperationConverter>> = {
  _minus_scalar: withScalar('Sub'),
  _mul_scalar: withScalar('Mul'),
  _maximum_scalar: withScalar('Max'),
  _minimum_scalar: withScalar('Min'),
  Convolution: convolution,
  BatchNorm: batchNorm,
  elemwise_add: (graph, { inputs }) => graph.node('Add', inputs),
  Flatten: (graph, { inputs }) => graph.node('Flatten', inputs, { axis: 1 }),
  FullyConnected: fullyConnected,
};

function attributeOf(node: SymbolNode, name: string, fallback?: string): string {
  const value = node.attrs?.[name] ?? fallback;
  if (value === undefined) throw new Error(`${node.op} ${node.name} states no ${name}.`);
  return value;
}

/** Reads `(3, 3)`. */
function pair(text: string): [number, number] {
  const [first, second] = text.match(/\d+/g)?.map(Number) ?? [];
  if (first === undefined || second === undefined) throw new Error(`${text} is no pair of numbers.`);
  return [first, second];
}
