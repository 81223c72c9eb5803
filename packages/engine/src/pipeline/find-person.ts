import type { RgbImage } from '../image/rgb-image.ts';
import type { PersonMatte } from '../signals/face-signals.ts';
import { personMatte } from '../signals/person-matte.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { FivePoints } from '../vocabulary/shapes.ts';
import type { AuxiliaryNetworks } from './auxiliary.ts';

/**
 * The person of one face, for a caller who cannot do without; see {@link personMatte}.
 *
 * @throws EngineError `model-missing` when the pack has no network that tells people from backgrounds.
 */
export async function findPerson(
  image: RgbImage,
  points: FivePoints,
  auxiliary: Pick<AuxiliaryNetworks, 'get'>,
): Promise<PersonMatte | undefined> {
  const network = await auxiliary.get('segmentation');
  if (!network) throw new EngineError('model-missing', 'The pack cannot tell a person from the background.');
  return personMatte(image, points, network);
}
