import type { Candidate, CandidateReference } from '../../../domain/identification/identification.ts';
import type { RecognizedPerson, RecognizeImage } from '../wire/people.ts';
import { imageToWire, personToWire } from './people.ts';
import { scoreAtSimilarity, similarityAt } from './similarity.ts';

export interface RecognitionLimits {
  /** Pictures further away are left out, exactly. */
  readonly distanceMax: number;
  /** Of this surface. */
  readonly prefix: string;
}

/** Those of the candidates who are near enough, best first, each with the pictures that are. */
export const recognisedToWire = (
  candidates: readonly Candidate[],
  limits: RecognitionLimits,
): RecognizedPerson[] =>
  candidates.flatMap(({ subject, references }) => {
    const images = references
      .map((found) => recognizeImage(found, limits.prefix))
      .filter(({ distance }) => distance <= limits.distanceMax);
    return images.length === 0 ? [] : [{ ...personToWire(subject), images }];
  });

function recognizeImage({ reference, falseMatchRate }: CandidateReference, prefix: string): RecognizeImage {
  const similarity = similarityAt(falseMatchRate);
  return { ...imageToWire(reference, prefix), similarity, distance: scoreAtSimilarity(similarity) };
}

/** Of the nearest picture. */
export const distanceOf = ({ images: [nearest] }: RecognizedPerson): number =>
  nearest?.distance ?? Number.POSITIVE_INFINITY;
