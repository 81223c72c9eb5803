import type { FaceSignals } from '../signals/face-signals.ts';
import { openMouth } from '../signals/mouth.ts';
import { eitherOf } from './choices.ts';
import type { FaceGeometry } from './face-geometry.ts';

/** Absent without a mesh, and behind a mask, where the mesh draws a mouth that it cannot see. */
export async function tellMouth(signals: FaceSignals, { mesh }: FaceGeometry) {
  if (!mesh || ((await signals.faceMask()) ?? 0) > 0.5) return undefined;
  return eitherOf(openMouth(mesh), ['open', 'closed']);
}
