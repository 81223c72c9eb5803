import type { EncodedImage } from '../../../domain/acquisition/acquire.ts';
import { errors } from '../../../domain/errors.ts';
import type { VerificationInput } from '../../../domain/verification/verify.ts';
import { decodeBase64Image } from '../../../http/image-input.ts';
import type { ImageLabelFields, MatchRequest } from '../wire/match-request.ts';
import { type PortraitPlan, planPortraits } from './portraits.ts';

/** ImageSource values that mean more than a label. */
const IMAGE_SOURCES = {
  /** What the vendor's client sends when its caller names no type. */
  LIVE: 3,
  /** One picture that shows a person and a document: its faces are compared with each other. */
  DOCUMENT_WITH_LIVE: 4,
} as const;

/** How the vendor names a picture in its answer. */
export interface ImageLabel {
  readonly index: number;
  readonly source: number;
}

export interface MatchPlan {
  readonly input: VerificationInput;
  readonly labels: readonly ImageLabel[];
  readonly portraits: PortraitPlan;
}

export interface MatchLimits {
  readonly imageBytesMax: number;
  readonly imagesPerTypeMax: number;
}

/** @throws FaceError `too-many-images`, `invalid-request` */
export function toVerification(request: MatchRequest, limits: MatchLimits): MatchPlan {
  const portraits = planPortraits({
    outputImageParams: request.outputImageParams,
    thumbnails: Boolean(request.thumbnails),
  });
  const pictures = request.images.map(({ data, ...fields }) => ({
    fields,
    image: () => decodeBase64Image(data, limits.imageBytesMax),
  }));
  return planVerification(pictures, portraits, limits);
}

interface LabelledPicture {
  readonly fields: ImageLabelFields;
  readonly image: EncodedImage;
}

/** @throws FaceError `too-many-images`, `invalid-request` */
export function planVerification(
  pictures: readonly LabelledPicture[],
  portraits: PortraitPlan,
  { imagesPerTypeMax }: Pick<MatchLimits, 'imagesPerTypeMax'>,
): MatchPlan {
  const labels = labelImages(pictures.map(({ fields }) => fields));
  refuseRepeatedIndexes(labels);
  refuseCrowdedTypes(labels, imagesPerTypeMax);
  const images = pictures.map(({ image, fields: { detectAll, type } }) => {
    const compareWithin = type === IMAGE_SOURCES.DOCUMENT_WITH_LIVE;
    return {
      image,
      faces: detectAll || compareWithin ? ('all' as const) : ('central' as const),
      compareWithin,
    };
  });
  return { input: { images, portraits: portraits.specs }, labels, portraits };
}

/** Pictures without an index get the smallest whole numbers that no other picture claims, in order. */
function labelImages(images: readonly ImageLabelFields[]): ImageLabel[] {
  const claimed = new Set(images.map(({ index }) => index));
  let next = 0;
  const nextFree = (): number => {
    while (claimed.has(next)) next++;
    return next++;
  };
  return images.map(({ index, type }) => ({
    index: index ?? nextFree(),
    source: type ?? IMAGE_SOURCES.LIVE,
  }));
}

function refuseRepeatedIndexes(labels: readonly ImageLabel[]): void {
  if (new Set(labels.map(({ index }) => index)).size < labels.length) {
    throw errors.invalidRequest('Every image needs an index of its own.');
  }
}

function refuseCrowdedTypes(labels: readonly ImageLabel[], limit: number): void {
  const counts = new Map<number, number>();
  for (const { source } of labels) {
    const count = (counts.get(source) ?? 0) + 1;
    if (count > limit) throw errors.tooManyImages(limit);
    counts.set(source, count);
  }
}
