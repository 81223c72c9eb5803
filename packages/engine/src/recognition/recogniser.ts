import { chipTransform } from '../alignment/chip-transform.ts';
import { chipOfView, type FaceView } from '../alignment/face-view.ts';
import type { RecogniserSpec } from '../packs/manifest.ts';
import { type Network, openNetwork } from '../runtime/network.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';

/** One recognition network of a pack. */
export interface Recogniser {
  readonly spec: RecogniserSpec;
  /** @returns the unit-length vector of one face, or undefined when its points coincide. */
  extract(view: FaceView, points: FivePoints): Promise<Float32Array | undefined>;
  release(): Promise<void>;
}

/** @cost one chip and one run a crop; the crops run as one batch. */
export async function openRecogniser(file: string, spec: RecogniserSpec): Promise<Recogniser> {
  const network = await openNetwork(file);
  return {
    spec,
    extract: async (view, points) => {
      const batch = cutCrops(view, points, spec);
      return batch && unitLength(await sumOfVectors(network, batch, spec));
    },
    release: () => network.release(),
  };
}

/** The pack's crops one after the other, as a batch; undefined when the points coincide. */
function cutCrops(view: FaceView, points: FivePoints, spec: RecogniserSpec): Float32Array | undefined {
  const side = spec.inputSize;
  const size = 3 * side * side;
  const batch = new Float32Array(size * spec.crops.length);
  for (const [index, { zoom, mirrored }] of spec.crops.entries()) {
    const toImage = chipTransform(points, { layout: spec.layout, zoom, side });
    if (!toImage) return undefined;
    batch.set(chipOfView(view, toImage, { ...spec, side, mirror: mirrored }), index * size);
  }
  return batch;
}

async function sumOfVectors(
  network: Network,
  batch: Float32Array,
  spec: RecogniserSpec,
): Promise<Float32Array> {
  const { inputSize, dimension, output, crops } = spec;
  const outputs = await network.run({ data: batch, dims: [crops.length, 3, inputSize, inputSize] });
  const values = outputs[output]?.data;
  if (values?.length !== crops.length * dimension) {
    throw new EngineError(
      'model-missing',
      `The recogniser's output ${output} does not hold ${dimension} values.`,
    );
  }
  const sum = values.slice(0, dimension);
  for (let i = dimension; i < values.length; i++) sum[i % dimension]! += values[i]!;
  return sum;
}

/** Scales to length 1; a zero vector stays zero and so matches nothing. */
export function unitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return vector.map((value) => value * factor);
}
