import { type Static, Type } from 'typebox';
import { decodeHalves } from './half-float.ts';
import { elementCount } from './onnx-graph.ts';

const Quantisation = Type.Object({
  dtype: Type.Union([Type.Literal('uint8'), Type.Literal('uint16'), Type.Literal('float16')]),
  scale: Type.Optional(Type.Number()),
  min: Type.Optional(Type.Number()),
});

const WeightEntry = Type.Object({
  name: Type.String(),
  shape: Type.Array(Type.Integer({ minimum: 0 })),
  dtype: Type.Union([Type.Literal('float32'), Type.Literal('int32')]),
  quantization: Type.Optional(Quantisation),
});

/** `weightsManifest` of a TensorFlow.js model: groups of weights that lie one after another in the group's shards. */
export const WeightsManifestSchema = Type.Array(
  Type.Object({ paths: Type.Array(Type.String()), weights: Type.Array(WeightEntry) }),
);

export type WeightsManifest = Static<typeof WeightsManifestSchema>;
type WeightEntry = Static<typeof WeightEntry>;

/** A weight as float32 whatever it was stored as; `int32` weights hold whole numbers. */
export interface TfWeight {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/**
 * Decodes the weights of a TensorFlow.js model.
 *
 * Affine uint8 and uint16 become `value · scale + min`, computed in double and rounded once to single, as tfjs does.
 *
 * @param shards all shards of all groups in manifest order, joined.
 * @throws Error when the shards are shorter or longer than the manifest says.
 */
export function decodeTfWeights(manifest: WeightsManifest, shards: Uint8Array): Map<string, TfWeight> {
  const weights = new Map<string, TfWeight>();
  let offset = 0;
  for (const entry of manifest.flatMap((group) => group.weights)) {
    const end = offset + elementCount(entry.shape) * bytesPerValue(entry);
    if (end > shards.length) throw new Error(`The weight shards end inside ${entry.name}.`);
    // Copied, since views of wider numbers need an aligned offset; slice() of a Buffer would not copy.
    const bytes = new Uint8Array(shards.subarray(offset, end));
    weights.set(entry.name, { dims: entry.shape, data: decodeValues(entry, bytes) });
    offset = end;
  }
  if (offset !== shards.length) throw new Error(`${shards.length - offset} bytes of weights are left over.`);
  return weights;
}

function bytesPerValue(entry: WeightEntry): number {
  if (!entry.quantization) return 4;
  return entry.quantization.dtype === 'uint8' ? 1 : 2;
}

function decodeValues(entry: WeightEntry, bytes: Uint8Array): Float32Array {
  const { quantization, dtype } = entry;
  if (!quantization)
    return dtype === 'int32' ? Float32Array.from(words(bytes)) : new Float32Array(bytes.buffer);
  if (quantization.dtype === 'float16') return decodeHalves(bytes);
  const { scale, min } = quantization;
  if (scale === undefined || min === undefined) throw new Error(`${entry.name} states no scale or minimum.`);
  const stored = quantization.dtype === 'uint8' ? bytes : new Uint16Array(bytes.buffer);
  const restore = (value: number): number => value * scale + min;
  return dtype === 'int32'
    ? Float32Array.from(stored, (value) => Math.round(restore(value)))
    : Float32Array.from(stored, restore);
}

const words = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.buffer);
