import type { RgbImage } from '../../image/rgb-image.ts';
import type { LocatedFace } from '../../pipeline/locate-face.ts';
import type { InjectionEvidence } from '../../vocabulary/injection.ts';
import type { InjectionNetwork } from './injection-network.ts';

/** Evidence of every network of the pack, one after the other: a thread has one core. */
export async function askNetworks(
  networks: readonly InjectionNetwork[],
  image: RgbImage,
  face: Pick<LocatedFace, 'box' | 'points'>,
): Promise<InjectionEvidence[]> {
  const evidence: InjectionEvidence[] = [];
  for (const network of networks) {
    const found = await network.examine(image, face);
    if (found) evidence.push(found);
  }
  return evidence;
}
