import {
  type AnalysisRequest,
  type ComparisonScore,
  compare,
  type FalseMatchRate,
  falseMatchRateAt,
  type PortraitSpec,
  type Template,
} from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { type Acquisition, acquire, type EncodedImage } from '../acquisition/acquire.ts';
import { errors } from '../errors.ts';

interface VerificationImage {
  readonly image: EncodedImage;
  readonly faces: AnalysisRequest['faces'];
  /** The picture's faces are also compared with each other. */
  readonly compareWithin: boolean;
}

export interface VerificationInput {
  readonly images: readonly VerificationImage[];
  /** Portraits wanted of every face, in this order. */
  readonly portraits: readonly PortraitSpec[];
}

/** Position of a face: in the order of the images sent, then of the faces found. Both from 0. */
interface FacePosition {
  readonly image: number;
  readonly face: number;
}

export interface Comparison {
  readonly probe: FacePosition;
  readonly reference: FacePosition;
  /** Similarity: higher is more alike. */
  readonly comparisonScore: ComparisonScore;
  /** Expected share of non-mated comparisons that score at least as high, by the pack's calibration. */
  readonly falseMatchRate: FalseMatchRate;
}

export interface Verification {
  /** One for each image, in the order sent. */
  readonly acquisitions: readonly Acquisition[];
  /** By probe image, reference image, probe face, reference face. */
  readonly comparisons: readonly Comparison[];
}

/** Two pictures of a hundred people each fit; the answer stays below a few megabytes. */
const COMPARISONS_MAX = 20_000;

/**
 * Compares the faces of every two pictures, and those within a picture where asked.
 *
 * @throws FaceError `too-few-images`, `too-many-comparisons`, and what {@link acquire} throws.
 */
export async function verify(
  processor: FaceProcessor,
  input: VerificationInput,
  signal?: AbortSignal,
): Promise<Verification> {
  if (input.images.length < 2 && !input.images.some((image) => image.compareWithin)) {
    throw errors.tooFewImages();
  }
  return verifyFaces(processor, input, signal);
}

/** The same of any number of pictures: of one, or of none with a face, there are no comparisons. */
export async function verifyFaces(
  processor: FaceProcessor,
  input: VerificationInput,
  signal?: AbortSignal,
): Promise<Verification> {
  const acquisitions = await acquireAll(processor, input, signal);
  const pairs = facePairs(input.images, acquisitions);
  return { acquisitions, comparisons: pairs.map((pair) => compareFaces(processor, acquisitions, pair)) };
}

/** When one picture ends the request, the engine need not finish the others. */
async function acquireAll(
  processor: FaceProcessor,
  { images, portraits }: VerificationInput,
  signal?: AbortSignal,
): Promise<Acquisition[]> {
  const abandoned = new AbortController();
  const either = signal === undefined ? abandoned.signal : AbortSignal.any([signal, abandoned.signal]);
  try {
    return await Promise.all(
      images.map(({ image, faces }) =>
        acquire(processor, { image, request: { faces, template: true, portraits } }, either),
      ),
    );
  } catch (error) {
    abandoned.abort();
    throw error;
  }
}

type FacePair = readonly [probe: FacePosition, reference: FacePosition];

function facePairs(images: readonly VerificationImage[], acquisitions: readonly Acquisition[]): FacePair[] {
  const pairs: FacePair[] = [];
  for (const [first, image] of images.entries()) {
    for (let second = image.compareWithin ? first : first + 1; second < images.length; second++) {
      pushPairs(pairs, positionsIn(acquisitions, first), positionsIn(acquisitions, second));
    }
  }
  return pairs;
}

function pushPairs(
  pairs: FacePair[],
  probes: readonly FacePosition[],
  references: readonly FacePosition[],
): void {
  for (const probe of probes) {
    for (const reference of references) {
      if (probe.image === reference.image && probe.face >= reference.face) continue;
      if (pairs.length >= COMPARISONS_MAX) throw errors.tooManyComparisons(COMPARISONS_MAX);
      pairs.push([probe, reference]);
    }
  }
}

function positionsIn(acquisitions: readonly Acquisition[], image: number): FacePosition[] {
  const acquisition = acquisitions[image];
  if (acquisition?.outcome !== 'acquired') return [];
  return acquisition.faces.map((_, face) => ({ image, face }));
}

function compareFaces(
  { calibration }: FaceProcessor,
  acquisitions: readonly Acquisition[],
  [probe, reference]: FacePair,
): Comparison {
  const comparisonScore = compare(templateAt(acquisitions, probe), templateAt(acquisitions, reference));
  return {
    probe,
    reference,
    comparisonScore,
    falseMatchRate: falseMatchRateAt(calibration, comparisonScore),
  };
}

function templateAt(acquisitions: readonly Acquisition[], { image, face }: FacePosition): Template {
  const acquisition = acquisitions[image];
  const template = acquisition?.outcome === 'acquired' ? acquisition.faces[face]?.template : undefined;
  if (template === undefined) throw errors.internal('a face came without the template that was asked');
  return template;
}
