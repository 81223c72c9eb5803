import { type ByteReader, createByteReader } from './byte-reader.ts';
import { elementCount, type FloatTensor } from './onnx-graph.ts';

const LIST_MAGIC = 0x112;
const ARRAY_MAGIC_V2 = 0xf993fac9;
const DENSE_STORAGE = 0;
const FLOAT32 = 0;

/**
 * Reads an MXNet `.params` file: dense float32 arrays by name, without the `arg:` or `aux:` before it.
 *
 * @throws Error on other array versions, sparse storage, other number types, or a file cut short.
 * @source apache/mxnet, `src/ndarray/ndarray.cc`, `NDArray::Save`.
 */
export function readMxnetParams(bytes: Uint8Array): Map<string, FloatTensor> {
  const reader = createByteReader(bytes);
  if (reader.count() !== LIST_MAGIC) throw new Error('The file is no MXNet parameter list.');
  reader.count();
  const arrays = Array.from({ length: boundedCount(reader, bytes) }, () => readArray(reader));
  const names = Array.from({ length: boundedCount(reader, bytes) }, () => reader.text(reader.count()));
  if (names.length !== arrays.length) throw new Error(`${arrays.length} arrays bear ${names.length} names.`);
  return new Map(arrays.map((array, i) => [names[i]!.replace(/^(arg|aux):/, ''), array]));
}

/** A count of items of at least a byte each, so that a broken file cannot ask for endless memory. */
function boundedCount(reader: ByteReader, bytes: Uint8Array): number {
  const count = reader.count();
  if (count > bytes.length) throw new Error(`A list of ${count} items cannot be in ${bytes.length} bytes.`);
  return count;
}

function readArray(reader: ByteReader): FloatTensor {
  if (reader.uint32() !== ARRAY_MAGIC_V2) throw new Error('An array is not of MXNet version 2.');
  if (reader.int32() !== DENSE_STORAGE) throw new Error('An array is sparse.');
  const rank = reader.uint32();
  if (rank > 8) throw new Error(`An array has ${rank} dimensions.`);
  const dims = Array.from({ length: rank }, () => reader.count());
  // The device the array was saved from: kind and number, of no use here.
  reader.bytes(8);
  if (reader.int32() !== FLOAT32) throw new Error('An array is not of float32.');
  return { dims, data: new Float32Array(reader.bytes(elementCount(dims) * 4).buffer) };
}
