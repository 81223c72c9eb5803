import type { Attribute, Constant, OnnxGraph, OnnxNode, TensorPort } from './onnx-graph.ts';
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

/** What replaces the declared inputs and outputs, by name. */
export interface OnnxPorts {
  readonly inputs: readonly TensorPort[];
  readonly outputs: readonly TensorPort[];
}

/** `TensorProto.DataType` and `AttributeProto.AttributeType`. */
const FLOATS = 1;
const INT64S = 7;
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;

/**
 * Reads an ONNX model whose nodes have one output each and whose constants are raw floats or 64-bit integers, so that it
 * can be rewritten as the other formats are.
 *
 * @throws Error at anything else, and when a port is absent.
 * @source field numbers: onnx/onnx.proto.
 */
export function readOnnx(model: Uint8Array, { inputs, outputs }: OnnxPorts): OnnxGraph {
  const graph = messagesOf(decodeMessage(model), 7)[0] ?? [];
  const declared = new Set([...messagesOf(graph, 11), ...messagesOf(graph, 12)].map(nameOf));
  for (const { name } of [...inputs, ...outputs])
    if (!declared.has(name)) throw new Error(`The model has no input or output ${name}.`);
  return {
    name: textOf(graph, 2),
    nodes: messagesOf(graph, 1).map(readNode),
    constants: new Map(messagesOf(graph, 5).map((tensor) => [textOf(tensor, 8), readConstant(tensor)])),
    inputs,
    outputs,
  };
}

function readNode(fields: readonly Field[]): OnnxNode {
  const op = textOf(fields, 4);
  const [output, ...others] = textsOf(fields, 2);
  if (output === undefined || others.length > 0) throw new Error(`A node ${op} has not one output.`);
  const attributes = messagesOf(fields, 5).map((field) => [textOf(field, 1), readAttribute(field)] as const);
  return { op, inputs: textsOf(fields, 1), output, attributes: Object.fromEntries(attributes) };
}

function readAttribute(fields: readonly Field[]): Attribute {
  switch (integerOf(fields, 20)) {
    case ATTRIBUTE.float:
      return { float: floatOf(fields, 2) };
    case ATTRIBUTE.int:
      return integerOf(fields, 3);
    case ATTRIBUTE.string:
      return textOf(fields, 4);
    case ATTRIBUTE.ints:
      return integersOf(fields, 8);
    default:
      throw new Error(`The attribute ${textOf(fields, 1)} is of a kind that is not read.`);
  }
}

function readConstant(fields: readonly Field[]): Constant {
  const dims = integersOf(fields, 1);
  // A copy begins where its values may be read in place.
  const { buffer } = new Uint8Array(bytesOf(fields, 9));
  const type = integerOf(fields, 2);
  if (buffer.byteLength > 0 && type === FLOATS) return { dims, data: new Float32Array(buffer) };
  if (buffer.byteLength > 0 && type === INT64S) return { dims, data: new BigInt64Array(buffer) };
  throw new Error(`The constant ${textOf(fields, 8)} is not stored as raw floats or integers.`);
}

const nameOf = (fields: readonly Field[]): string => textOf(fields, 1);

const messagesOf = (fields: readonly Field[], number: number): Field[][] =>
  fields.filter((field) => field.number === number).map(nestedMessage);

const textsOf = (fields: readonly Field[], number: number): string[] =>
  fields.filter((field) => field.number === number).map((field) => textOf([field], number));
