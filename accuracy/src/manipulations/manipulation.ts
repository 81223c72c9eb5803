import type { Point } from '@facegate/engine';
import type { Raster } from './raster.ts';

/** A picture and the face in it. */
export interface Portrayed {
  readonly raster: Raster;
  readonly mesh: readonly Point[];
}

export interface Ingredients {
  readonly target: Portrayed;
  /** Somebody else. */
  readonly donor: Portrayed;
  /** Uniform in 0..1: the only source of chance, so that a picture is always manipulated in the same way. */
  readonly random: () => number;
}

/** Makes a picture of the target's size whose face no camera saw so. */
export type Manipulation = (ingredients: Ingredients) => Promise<Raster>;

export const between = (random: () => number, low: number, high: number): number =>
  low + random() * (high - low);

/** Distance of the outer corners of the eyes, px: the unit of what is done to a face. */
export function eyeSpan(mesh: readonly Point[]): number {
  const [right, left] = [mesh[33], mesh[263]];
  return right && left ? Math.hypot(left.x - right.x, left.y - right.y) : 1;
}

/** The middle of the face's mask, soft by a draw. */
export const drawnMask = ({ target: { raster, mesh }, random }: Ingredients) => ({
  width: raster.width,
  height: raster.height,
  scale: between(random, 0.85, 1),
  featherPx: between(random, 0.01, 0.06) * eyeSpan(mesh),
});
