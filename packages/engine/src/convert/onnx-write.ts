import type { Attribute, Constant, OnnxGraph, OnnxNode, TensorPort } from './onnx-graph.ts';
import {
  bytesField,
  encodeMessage,
  type Field,
  floatField,
  integerField,
  messageField,
  textField,
} from './protobuf.ts';

/** Opset 17 is the newest whose ReduceMean takes its axes as an attribute; IR 8 came with it. */
const OPSET_VERSION = 17;
const IR_VERSION = 8;
const PRODUCER = 'facegate';

/** `TensorProto.DataType`. */
const DATA_TYPE = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;
/** `AttributeProto.AttributeType`. */
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, ints: 7 } as const;

/**
 * Serialises a graph as an ONNX model. Constants nobody reads are left out.
 *
 * Equal graphs give equal bytes. Weights are written as raw little-endian data, as every supported platform holds
 * them.
 *
 * @source field numbers: onnx/onnx.proto, ModelProto and below.
 */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  return encodeMessage([
    integerField(1, IR_VERSION),
    textField(2, PRODUCER),
    messageField(7, graphFields(graph)),
    messageField(8, [textField(1, ''), integerField(2, OPSET_VERSION)]),
  ]);
}

function graphFields(graph: OnnxGraph): Field[] {
  const used = new Set(graph.nodes.flatMap((node) => node.inputs));
  const constants = [...graph.constants].filter(([name]) => used.has(name));
  return [
    ...graph.nodes.map((node) => messageField(1, nodeFields(node))),
    textField(2, graph.name),
    ...constants.map(([name, tensor]) => messageField(5, tensorFields(name, tensor))),
    ...graph.inputs.map((port) => messageField(11, portFields(port))),
    ...graph.outputs.map((port) => messageField(12, portFields(port))),
  ];
}

const nodeFields = (node: OnnxNode): Field[] => [
  ...node.inputs.map((name) => textField(1, name)),
  textField(2, node.output),
  textField(3, node.output),
  textField(4, node.op),
  ...Object.entries(node.attributes).map(([name, value]) => messageField(5, attributeFields(name, value))),
];

function attributeFields(name: string, value: Attribute): Field[] {
  const kind = (type: keyof typeof ATTRIBUTE_TYPE): Field => integerField(20, ATTRIBUTE_TYPE[type]);
  if (typeof value === 'number') return [textField(1, name), integerField(3, value), kind('int')];
  if (typeof value === 'string') return [textField(1, name), textField(4, value), kind('string')];
  if ('float' in value) return [textField(1, name), floatField(2, value.float), kind('float')];
  return [textField(1, name), ...value.map((item) => integerField(8, item)), kind('ints')];
}

const tensorFields = (name: string, { dims, data }: Constant): Field[] => [
  ...dims.map((dim) => integerField(1, dim)),
  integerField(2, DATA_TYPE[typeOf(data)]),
  textField(8, name),
  bytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
];

function typeOf(data: Constant['data']): keyof typeof DATA_TYPE {
  if (data instanceof Float32Array) return 'float';
  return data instanceof Uint8Array ? 'uint8' : 'int64';
}

/** A `ValueInfoProto` of a tensor. */
export function portFields({ name, type = 'float', dims }: TensorPort): Field[] {
  const shape = dims.map((dim) =>
    messageField(1, [typeof dim === 'number' ? integerField(1, dim) : textField(2, dim)]),
  );
  const tensorType = [integerField(1, DATA_TYPE[type]), messageField(2, shape)];
  return [textField(1, name), messageField(2, [messageField(1, tensorType)])];
}
