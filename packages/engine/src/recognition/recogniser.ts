import { chipTransform } from '../alignment/chip-transform.ts';
import { chipOfView, type FaceView } from '../alignment/face-view.ts';
import { mirrorPlanes } from '../image/planes.ts';
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

/** @cost one chip and one run, or a run of two where the pack averages with the mirror image. */
export async function openRecogniser(file: string, spec: RecogniserSpec): Promise<Recogniser> {
  const network = await openNetwork(file);
  return {
    spec,
    extract: async (view, points) => {
      const side = spec.inputSize;
      const toImage = chipTransform(points, { ...spec.alignment, side });
      if (!toImage) return undefined;
      const chip = chipOfView(view, toImage, { ...spec, side });
      return unitLength(await sumOfVectors(network, spec.mirror ? withMirror(chip, side) : chip, spec));
    },
    release: () => network.release(),
  };
}

/** The chip followed by its left-right mirror image, as a batch of two. */
function withMirror(chip: Float32Array, side: number): Float32Array {
  const batch = new Float32Array(chip.length * 2);
  batch.set(chip);
  batch.set(mirrorPlanes(chip, side), chip.length);
  return batch;
}

async function sumOfVectors(
  network: Network,
  batch: Float32Array,
  spec: RecogniserSpec,
): Promise<Float32Array> {
  const { inputSize, dimension, output } = spec;
  const count = spec.mirror ? 2 : 1;
  const outputs = await network.run({ data: batch, dims: [count, 3, inputSize, inputSize] });
  const values = outputs[output]?.data;
  if (values?.length !== count * dimension) {
    throw new EngineError(
      'model-missing',
      `The recogniser's output ${output} does not hold ${dimension} values.`,
    );
  }
  const sum = values.slice(0, dimension);
  for (let i = dimension; i < values.length; i++) sum[i - dimension]! += values[i]!;
  return sum;
}

/** Scales to length 1; a zero vector stays zero and so matches nothing. */
export function unitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return vector.map((value) => value * factor);
}
