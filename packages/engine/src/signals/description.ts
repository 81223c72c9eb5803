import { chipOfView } from '../alignment/face-view.ts';
import { squareOfPoints, squareTransform } from '../alignment/square-transform.ts';
import { outputNamed } from '../runtime/network.ts';
import type { SignalSubject } from './signal-subject.ts';

const SIDE = 224;
const CHIP = { side: SIDE, colour: 'BGR', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;

/** Of the square in the distances of `squareOfPoints`. */
const REACH = 3.4;

export interface FaceDescription {
  /** 1024 numbers, not of unit length. */
  readonly embedding: Float32Array;
  /** Probability of each of 100 years of age. */
  readonly ages: Float32Array;
}

/**
 * @source HSE-asavchenko/HSE_FaceRec_tf.
 * @cost   7 ms.
 */
export async function readDescription({
  view,
  points,
  auxiliary,
}: SignalSubject): Promise<FaceDescription | undefined> {
  const network = await auxiliary.get('description');
  if (!network) return undefined;
  const data = chipOfView(view, squareTransform(squareOfPoints(points, REACH), SIDE), CHIP);
  const outputs = await network.run({ data, dims: [1, 3, SIDE, SIDE] });
  return { embedding: outputNamed(outputs, 'embedding'), ages: outputNamed(outputs, 'age') };
}
