import type { TensorPort } from './onnx-graph.ts';
import { portFields } from './onnx-write.ts';
import {
  bytesField,
  decodeMessage,
  encodeMessage,
  type Field,
  integerOf,
  messageField,
  nestedMessage,
  textOf,
} from './protobuf.ts';

export interface OnnxPatch {
  /** Inputs and outputs whose dimensions are declared anew; a named dimension becomes dynamic. */
  readonly ports: readonly TensorPort[];
  /** Lets every Reshape keep the batch it is given where its constant says 1. Default: constants stay as they are. */
  readonly keepsBatch?: boolean;
}

const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_CONSTANT = 5;
const GRAPH_INPUT = 11;
const GRAPH_OUTPUT = 12;
const GRAPH_INFERRED_SHAPES = 13;
const INT64 = 7;

/**
 * Changes the declared shapes of an ONNX model and leaves every weight and node as it is.
 *
 * Shapes noted for tensors inside are dropped, since they held for the old ones; the runtime infers them again.
 *
 * @throws Error when a port is absent or a Reshape cannot be freed.
 * @source field numbers: onnx/onnx.proto.
 */
export function patchModel(model: Uint8Array, patch: OnnxPatch): Uint8Array {
  return encodeMessage(
    decodeMessage(model).map((field) =>
      field.number === MODEL_GRAPH
        ? messageField(MODEL_GRAPH, patchGraph(nestedMessage(field), patch))
        : field,
    ),
  );
}

function patchGraph(graph: readonly Field[], patch: OnnxPatch): Field[] {
  const ports = new Map(patch.ports.map((port) => [port.name, port]));
  const shapes = patch.keepsBatch ? reshapeConstants(graph) : new Set<string>();
  const patched = graph
    .filter((field) => field.number !== GRAPH_INFERRED_SHAPES)
    .map((field) => patchField(field, ports, shapes));
  if (ports.size > 0) throw new Error(`The model has no input or output ${[...ports.keys()].join(', ')}.`);
  return patched;
}

/** Takes a port it has patched out of `ports`, so that those left over are known to be absent. */
function patchField(field: Field, ports: Map<string, TensorPort>, shapes: ReadonlySet<string>): Field {
  if (field.number === GRAPH_INPUT || field.number === GRAPH_OUTPUT) {
    const name = textOf(nestedMessage(field), 1);
    const port = ports.get(name);
    if (!port) return field;
    ports.delete(name);
    return messageField(field.number, portFields(port));
  }
  if (field.number === GRAPH_CONSTANT) {
    const tensor = nestedMessage(field);
    return shapes.has(textOf(tensor, 8)) ? messageField(field.number, freeBatch(tensor)) : field;
  }
  return field.number === GRAPH_NODE ? patchConstantNode(field, shapes) : field;
}

function patchConstantNode(field: Field, shapes: ReadonlySet<string>): Field {
  const node = nestedMessage(field);
  if (textOf(node, 4) !== 'Constant' || !shapes.has(textOf(node, 2))) return field;
  const patched = node.map((part) => {
    if (part.number !== 5) return part;
    const attribute = nestedMessage(part).map((item) =>
      item.number === 5 ? messageField(5, freeBatch(nestedMessage(item))) : item,
    );
    return messageField(5, attribute);
  });
  return messageField(GRAPH_NODE, patched);
}

/** Names of the tensors that tell a Reshape its shape. */
function reshapeConstants(graph: readonly Field[]): Set<string> {
  const nodes = graph.filter((field) => field.number === GRAPH_NODE).map(nestedMessage);
  const reshapes = nodes.filter((node) => textOf(node, 4) === 'Reshape');
  return new Set(reshapes.map((node) => textOf(node.filter((part) => part.number === 1).slice(1), 1)));
}

/** In a Reshape's shape, 0 copies the input's dimension. */
function freeBatch(tensor: readonly Field[]): Field[] {
  const raw = tensor.find((part) => part.number === 9);
  if (integerOf(tensor, 2) !== INT64 || raw?.wire !== 'bytes' || raw.value.length < 8) {
    throw new Error('The shape of a Reshape is not stored as raw int64.');
  }
  const shape = new Uint8Array(raw.value);
  const view = new DataView(shape.buffer);
  if (view.getBigInt64(0, true) !== 1n) throw new Error('A Reshape does not begin with a batch of 1.');
  view.setBigInt64(0, 0n, true);
  return tensor.map((part) => (part === raw ? bytesField(9, shape) : part));
}
