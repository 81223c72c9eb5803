import type { LocatedFace } from '../pipeline/locate-face.ts';
import type { PresentationAttack } from '../vocabulary/presentation-attack.ts';
import { PAD_CALIBRATION } from './calibration.data.ts';
import { contextShare } from './context-window.ts';
import { boxForPad } from './detector-box.ts';
import { measureSignals } from './measure-signals.ts';
import type { PadSubject } from './network-evidence.ts';
import { evidenceOf, weighEvidence } from './weigh-evidence.ts';

/**
 * Whether the face was before the camera itself or shown to it.
 *
 * Without evidence, as for a face of a few pixels that no network has seen, the outcome is undetermined.
 *
 * @throws EngineError `model-missing` when a network of the pack is absent or broken.
 * @cost   about 20 ms with networks, half of that without; see `docs/liveness.md`.
 */
export async function detectAttack(
  face: Pick<LocatedFace, 'box' | 'mesh'>,
  { image, auxiliary }: Omit<PadSubject, 'box'>,
): Promise<PresentationAttack> {
  const box = boxForPad(face);
  const measured = await measureSignals({ image, box, auxiliary });
  return weighEvidence(evidenceOf(measured, PAD_CALIBRATION), PAD_CALIBRATION, contextShare(image, box));
}
