import { chipOfView } from '../alignment/face-view.ts';
import { squareOfPoints, squareTransform } from '../alignment/square-transform.ts';
import { outputNamed } from '../runtime/network.ts';
import type { ExpressionSignal } from './face-signals.ts';
import type { SignalSubject } from './signal-subject.ts';

const SIDE = 64;
const PIXELS = SIDE * SIDE;
const CHIP = { side: SIDE, colour: 'RGB', scale: 127.5, mean: [1, 1, 1], std: [1, 1, 1] } as const;

/** Of the square in the distances of `squareOfPoints`: of 2.2, 2.5, 2.8 and 3.2 it tells smiles best. */
const REACH = 2.8;

/** Luma of ITU-R BT.601, with which the network was trained. */
const LUMA = [0.299, 0.587, 0.114] as const;

/**
 * What the face expresses. Pictures of people at rest are taken for sad or angry as often as for neutral, so these
 * count as neutral.
 *
 * @source oarriaga/face_classification, trained on FER2013.
 * @cost   1 ms.
 */
export async function tellExpression(subject: SignalSubject): Promise<ExpressionSignal | undefined> {
  const { view, points, auxiliary } = subject;
  const network = await auxiliary.get('expression');
  if (!network) return undefined;
  const rgb = chipOfView(view, squareTransform(squareOfPoints(points, REACH), SIDE), CHIP);
  const outputs = await network.run({ data: luma(rgb), dims: [1, 1, SIDE, SIDE] });
  return expressionOf(outputNamed(outputs, 'expression'));
}

/** @param probabilities of angry, disgust, fear, happy, sad, surprise, neutral. */
export function expressionOf(probabilities: Float32Array): ExpressionSignal {
  const [angry = 0, disgust = 0, fear = 0, happy = 0, sad = 0, surprise = 0, calm = 0] = probabilities;
  return { neutral: calm + sad + angry, happy, other: disgust + fear + surprise };
}

function luma(rgb: Float32Array): Float32Array {
  const plane = new Float32Array(PIXELS);
  const [red, green, blue] = LUMA;
  for (let i = 0; i < PIXELS; i++) {
    plane[i] = red * rgb[i]! + green * rgb[PIXELS + i]! + blue * rgb[2 * PIXELS + i]!;
  }
  return plane;
}
