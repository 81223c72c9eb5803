import type { FaceSignals } from '../signals/face-signals.ts';
import { eitherOf, likeliestOf } from './choices.ts';

export async function tellGlassesWorn(signals: FaceSignals) {
  const glasses = await signals.glasses();
  return glasses && likeliestOf({ none: glasses.none, clear: glasses.clear, dark: glasses.dark });
}

export async function tellFaceMaskWorn(signals: FaceSignals) {
  return eitherOf(await signals.faceMask(), ['yes', 'no']);
}

/**
 * Whether a mask or dark lenses hide part of the face; hands, hair and the like are not told. One of the two is
 * enough to say yes; to say no, both must be known.
 */
export async function tellOcclusion(signals: FaceSignals) {
  const covers = [await signals.faceMask(), (await signals.glasses())?.dark];
  const known = covers.filter((probability) => probability !== undefined);
  const occluded = 1 - known.reduce((clear, probability) => clear * (1 - probability), 1);
  if (known.length < covers.length && occluded <= 0.5) return undefined;
  return eitherOf(occluded, ['yes', 'no']);
}
