import type { Point } from '@facegate/engine';
import { sequenceFor } from '../../../accuracy/src/manipulations/encode-alike.ts';
import { between, eyeSpan, type Portrayed } from '../../../accuracy/src/manipulations/manipulation.ts';
import { MANIPULATIONS, type ManipulationName } from '../../../accuracy/src/manipulations/manipulations.ts';
import type { Raster } from '../../../accuracy/src/manipulations/raster.ts';
import { centroid } from '../../../accuracy/src/manipulations/soft-mask.ts';

/** How far a face's placing trembles from frame to frame: of the eye span, of its size, radians; either way at most. */
const TREMBLE = { shift: 0.03, growth: 0.02, turn: 0.02 } as const;

/**
 * `trembling`: one manipulation for the clip, placed anew in every frame with a tremble, as a swap follows detected points;
 * `anew`: everything that chance decides is drawn again in every frame.
 */
export const CLIP_KINDS = {
  'swap, trembling': { name: 'swap', isAnew: false },
  'self-blend, anew': { name: 'self-blend', isAnew: true },
  'swap, anew': { name: 'swap', isAnew: true },
  'regenerate, anew': { name: 'regenerate', isAnew: true },
} as const satisfies Record<string, { readonly name: ManipulationName; readonly isAnew: boolean }>;

export type ClipKind = keyof typeof CLIP_KINDS;

export interface ClipIngredients {
  readonly frames: readonly Portrayed[];
  /** Somebody else, as in a still picture. */
  readonly donor: Portrayed;
  readonly id: string;
}

/** Every frame of a clip manipulated by itself. */
export async function manipulatedClip(
  kind: ClipKind,
  { frames, donor, id }: ClipIngredients,
): Promise<Raster[]> {
  const { name, isAnew } = CLIP_KINDS[kind];
  const made: Raster[] = [];
  for (const [index, { raster, mesh }] of frames.entries()) {
    const tremble = sequenceFor(id, `${kind}, placing of frame ${index}`);
    const target = { raster, mesh: isAnew ? mesh : trembled(mesh, tremble) };
    const random = sequenceFor(id, isAnew ? `${kind}, frame ${index}` : kind);
    made.push(await MANIPULATIONS[name]({ target, donor, random }));
  }
  return made;
}

function trembled(mesh: readonly Point[], random: () => number): Point[] {
  const either = (most: number): number => between(random, -most, most);
  const middle = centroid(mesh);
  const reach = TREMBLE.shift * eyeSpan(mesh);
  const to = { x: middle.x + either(reach), y: middle.y + either(reach) };
  const [scale, angle] = [1 + either(TREMBLE.growth), either(TREMBLE.turn)];
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  return mesh.map(({ x, y }) => {
    const [dx, dy] = [x - middle.x, y - middle.y];
    return { x: to.x + cos * dx - sin * dy, y: to.y + sin * dx + cos * dy };
  });
}
