import { type ByteReader, createByteReader } from './byte-reader.ts';
import { elementCount, type FloatTensor } from './onnx-graph.ts';
import { type PickleCallable, type PickleHost, readPickle } from './pickle.ts';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
/** Bytes per number of the storage kinds we know. */
const STORAGE_KINDS = new Map([
  ['torch FloatStorage', 4],
  ['torch LongStorage', 8],
]);

/** A stretch of numbers that tensors lie in; filled after the pickles have been read. */
interface Storage {
  readonly key: string;
  readonly kind: string;
  readonly count: number;
}

interface TensorReference {
  readonly storage: Storage;
  readonly offset: number;
  readonly dims: readonly number[];
}

/**
 * Reads a PyTorch checkpoint in the format of `torch.save` before version 1.6: a state dictionary of tensors.
 *
 * @returns the float32 tensors by name. Integer tensors, which count training batches, are left out.
 * @throws Error on the newer zip format, on other number types, on tensors that do not lie row by row, and on
 *   anything but tensors in the pickle.
 * @source pytorch, `torch/serialization.py`, `_legacy_save`.
 */
export function readTorchState(bytes: Uint8Array): Map<string, FloatTensor> {
  const reader = createByteReader(bytes);
  const storages = new Map<string, Storage>();
  const host = createHost(storages);
  if (bytes[0] !== 0x80 || readPickle(reader, host) !== MAGIC || readPickle(reader, host) !== PROTOCOL) {
    throw new Error('The file is no PyTorch checkpoint of the format before 1.6.');
  }
  // Facts about the machine that saved it: the numbers are little-endian whatever they say.
  readPickle(reader, host);
  const state = readPickle(reader, host);
  const keys = readPickle(reader, host);
  if (!(state instanceof Map) || !Array.isArray(keys))
    throw new Error('The checkpoint is no state dictionary.');
  const data = readStorages(reader, keys, storages);
  return new Map(
    [...state].filter(isFloatEntry).map(([name, reference]) => [name, tensorOf(reference, data)] as const),
  );
}

function createHost(storages: Map<string, Storage>): PickleHost {
  const kinds = [...STORAGE_KINDS.keys()].map((kind) => [kind, storageKind(kind)] as const);
  const kindNames = new Map<unknown, string>(kinds.map(([kind, callable]) => [callable, kind]));
  return {
    globals: new Map<string, PickleCallable>([
      ['collections OrderedDict', () => new Map()],
      ['torch._utils _rebuild_tensor_v2', referToTensor],
      ...kinds,
    ]),
    persistent(id) {
      const [tag, callable, key, , count] = Array.isArray(id) ? id : [];
      const kind = kindNames.get(callable);
      if (tag !== 'storage' || kind === undefined || typeof key !== 'string' || !isCount(count)) {
        throw new Error('The checkpoint refers to something other than a storage.');
      }
      const storage = storages.get(key) ?? { key, kind, count };
      storages.set(key, storage);
      return storage;
    },
  };
}

const storageKind =
  (kind: string): PickleCallable =>
  () => {
    throw new Error(`The checkpoint calls ${kind}, which it should only name.`);
  };

const referToTensor: PickleCallable = (storage, offset, dims, strides) => {
  if (!isStorage(storage) || !isCount(offset) || !isCounts(dims) || !isCounts(strides)) {
    throw new Error('The checkpoint builds a tensor from something else.');
  }
  const rowByRow = dims.map((_, axis) => elementCount(dims.slice(axis + 1)));
  // The stride of an axis of length 1 is never used and may be anything.
  if (dims.some((dim, axis) => dim !== 1 && strides[axis] !== rowByRow[axis])) {
    throw new Error('A tensor of the checkpoint does not lie row by row.');
  }
  return { storage, offset, dims } satisfies TensorReference;
};

function readStorages(
  reader: ByteReader,
  keys: readonly unknown[],
  storages: ReadonlyMap<string, Storage>,
): ReadonlyMap<string, Uint8Array> {
  const data = new Map<string, Uint8Array>();
  for (const key of keys) {
    const storage = storages.get(String(key));
    const width = STORAGE_KINDS.get(storage?.kind ?? '');
    if (!storage || !width || reader.count() !== storage.count)
      throw new Error(`Storage ${key} is not as announced.`);
    data.set(storage.key, reader.bytes(storage.count * width));
  }
  return data;
}

function tensorOf(
  { storage, offset, dims }: TensorReference,
  data: ReadonlyMap<string, Uint8Array>,
): FloatTensor {
  const bytes = data.get(storage.key);
  const end = offset + elementCount(dims);
  if (!bytes || end > storage.count) throw new Error(`A tensor reaches beyond storage ${storage.key}.`);
  return { dims, data: new Float32Array(bytes.buffer).slice(offset, end) };
}

function isFloatEntry(entry: readonly [unknown, unknown]): entry is [string, TensorReference] {
  const [name, value] = entry;
  if (typeof name !== 'string' || typeof value !== 'object' || value === null || !('storage' in value)) {
    throw new Error('The checkpoint holds something other than named tensors.');
  }
  return isStorage(value.storage) && value.storage.kind === 'torch FloatStorage';
}

const isStorage = (value: unknown): value is Storage =>
  typeof value === 'object' && value !== null && 'key' in value && 'kind' in value && 'count' in value;

const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);
