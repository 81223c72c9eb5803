import type { EyeSide } from '../signals/eye-window.ts';
import type { FaceSignals } from '../signals/face-signals.ts';
import type { AttributeChoice, AttributeValues } from '../vocabulary/attributes.ts';
import { likeliestOf } from './choices.ts';

/** Open, closed, or behind dark lenses. Where nothing tells of glasses, eyes count as visible. */
export async function tellEye(
  signals: FaceSignals,
  side: EyeSide,
): Promise<AttributeChoice<AttributeValues['right-eye']> | undefined> {
  const [eyes, glasses] = [await signals.eyes(), await signals.glasses()];
  if (!eyes) return undefined;
  const occluded = glasses?.dark ?? 0;
  const closed = (1 - occluded) * eyes[side].closed;
  return likeliestOf({ open: 1 - occluded - closed, closed, occluded });
}
