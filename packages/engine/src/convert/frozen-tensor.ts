import { elementCount } from './onnx-graph.ts';
import { bytesOf, type Field, integerOf, integersOf, nestedMessage } from './protobuf.ts';
import type { TfWeight } from './tfjs-weights.ts';

const FLOAT = 1;
const INT32 = 3;

/**
 * The constant in a TensorProto, whether stored as raw bytes or as a list whose last value stands for all that follow.
 *
 * @throws Error when it is neither float32 nor int32.
 * @source tensorflow/core/framework/tensor.proto.
 */
export function constantOfTensor(fields: readonly Field[]): TfWeight {
  const type = integerOf(fields, 1);
  if (type !== FLOAT && type !== INT32) throw new Error(`A constant is of the unknown type ${type}.`);
  const shape = fields.filter(({ number }) => number === 2).flatMap(nestedMessage);
  const dims = shape.map((dimension) => integersOf(nestedMessage(dimension), 1)[0] ?? 0);
  // Copied, since a view of wider numbers needs an aligned offset.
  const raw = new Uint8Array(bytesOf(fields, 4));
  const count = elementCount(dims);
  if (raw.length === 0) return { dims, data: repeatLast(listedValues(fields, type), count) };
  if (raw.length !== 4 * count) throw new Error(`${raw.length} bytes do not make [${dims.join()}].`);
  const data = type === FLOAT ? new Float32Array(raw.buffer) : Float32Array.from(new Int32Array(raw.buffer));
  return { dims, data };
}

function listedValues(fields: readonly Field[], type: number): ArrayLike<number> {
  if (type === INT32) return integersOf(fields, 7);
  const lists = fields.filter(({ number, wire }) => number === 5 && wire !== 'varint');
  const bytes = new Uint8Array(Buffer.concat(lists.map((list) => list.value as Uint8Array)));
  return new Float32Array(bytes.buffer);
}

const repeatLast = (values: ArrayLike<number>, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => values[Math.min(i, values.length - 1)] ?? 0);
