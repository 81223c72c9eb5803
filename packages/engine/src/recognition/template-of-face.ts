import type { FaceView } from '../alignment/face-view.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';
import type { Template } from '../vocabulary/template.ts';
import type { Recogniser } from './recogniser.ts';

/**
 * The fused template of one face: each network's unit vector times the square root of its share, one after the
 * other. The cosine of two such templates is then the weighted mean of the networks' cosines.
 *
 * @returns undefined when the five points coincide and no chip can be cut.
 */
export async function templateOfFace(
  view: FaceView,
  points: FivePoints,
  options: { recognisers: readonly Recogniser[]; packId: string },
): Promise<Template | undefined> {
  const { recognisers, packId } = options;
  const values = new Float32Array(recognisers.reduce((sum, { spec }) => sum + spec.dimension, 0));
  let offset = 0;
  for (const recogniser of recognisers) {
    const vector = await recogniser.extract(view, points);
    if (!vector) return undefined;
    const weight = Math.sqrt(recogniser.spec.share);
    values.set(
      vector.map((value) => value * weight),
      offset,
    );
    offset += vector.length;
  }
  return { packId, values };
}
