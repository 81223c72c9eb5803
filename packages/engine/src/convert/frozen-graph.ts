import { constantOfTensor } from './frozen-tensor.ts';
import {
  bytesOf,
  decodeMessage,
  type Field,
  floatOf,
  integerOf,
  integersOf,
  nestedMessage,
  textOf,
} from './protobuf.ts';
import { sortByDependency, type TfGraph, type TfNode } from './tfjs-graph.ts';
import type { TfWeight } from './tfjs-weights.ts';

/**
 * Reads a frozen TensorFlow graph: a GraphDef whose variables have become constants.
 *
 * Attributes come out as TensorFlow.js spells them, so that one converter serves both. Constants that are only passed
 * on are passed over, and a shape put together at run time from the batch and constants becomes the constant
 * [−1, …].
 *
 * @throws Error when the file is no GraphDef, reads absent nodes or holds a constant that is neither float32 nor int32.
 * @source tensorflow/core/framework: graph.proto, node_def.proto, attr_value.proto.
 */
export function readFrozenGraph(file: Uint8Array): TfGraph {
  const stored = decodeMessage(file)
    .filter(({ number }) => number === 1)
    .map((field) => readNode(nestedMessage(field)));
  const weights = new Map<string, TfWeight>();
  const nodes: TfNode[] = [];
  for (const { tensor, ...node } of sortByDependency(stored)) {
    const weight = tensor ? constantOfTensor(tensor) : knownValue(node, weights);
    if (weight) weights.set(node.name, weight);
    nodes.push(node);
  }
  return { nodes: nodes.filter(({ op }) => !SHAPE_READERS.has(op)), weights };
}

interface FrozenNode extends TfNode {
  /** The TensorProto of a constant. */
  readonly tensor?: readonly Field[];
}

/** What they yield has been put into constants. */
const SHAPE_READERS: ReadonlySet<string> = new Set(['Shape', 'StridedSlice']);

/** A constant handed on, or a list of the batch and constants. */
function knownValue({ op, inputs }: TfNode, weights: ReadonlyMap<string, TfWeight>): TfWeight | undefined {
  const known = inputs.map((name) => weights.get(name));
  if (op === 'Identity') return known[0];
  const [batch, ...dims] = known;
  if (op !== 'Pack' || batch || !dims.every((dim) => dim?.data.length === 1)) return undefined;
  return { dims: [known.length], data: Float32Array.from([-1, ...dims.map((dim) => dim!.data[0]!)]) };
}

function readNode(fields: readonly Field[]): FrozenNode {
  const inputs = fields.filter(({ number }) => number === 3).map((field) => textOf([field], 3));
  const attributes = fields
    .filter(({ number }) => number === 5)
    .map((field) => nestedMessage(field))
    .map((entry) => [textOf(entry, 1), nestedMessage(entry.find(({ number }) => number === 2)!)] as const);
  const value = attributes.find(([name]) => name === 'value')?.[1].find(({ number }) => number === 8);
  return {
    name: textOf(fields, 1),
    op: textOf(fields, 2),
    inputs: inputs.filter((name) => !name.startsWith('^')).map((name) => name.replace(/:0$/, '')),
    attributes: Object.fromEntries(attributes.map(([name, fields]) => [name, readAttribute(fields)])),
    ...(value && { tensor: nestedMessage(value) }),
  };
}

/** Reads what the converter asks for: texts, flags, numbers, lists of integers, shapes. */
function readAttribute([field]: readonly Field[]): unknown {
  switch (field?.number) {
    case 1:
      return { list: { i: integersOf(nestedMessage(field), 3).map(String) } };
    case 2:
      return { s: Buffer.from(bytesOf([field], 2)).toString('base64') };
    case 3:
      return { i: String(integerOf([field], 3)) };
    case 4:
      return { f: floatOf([field], 4) };
    case 5:
      return { b: integerOf([field], 5) !== 0 };
    case 7:
      return { shape: { dim: nestedMessage(field).map(readDimension) } };
    default:
      return undefined;
  }
}

const readDimension = (field: Field) => ({ size: String(integersOf(nestedMessage(field), 1)[0] ?? 0) });
