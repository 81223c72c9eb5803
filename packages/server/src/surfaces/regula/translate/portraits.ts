import type { PortraitAspect, PortraitSpec, Rgb } from '@facegate/engine/vocabulary';
import type { OutputImageParams } from '../wire/output-image-params.ts';
import { colourOf } from './colour.ts';

/** Width : height by FaceImageQualityAlignType. */
const CROP_ASPECTS = ['3:4', '4:5', '2:3', '1:1', '7:9'] as const satisfies readonly PortraitAspect[];

const GREY: Rgb = [128, 128, 128];

/** The vendor names no size for thumbnails. */
const THUMBNAIL: PortraitSpec = { aspect: '3:4', size: { width: 150, height: 200 }, padColour: GREY };

/** Sizes that miss the aspect by rounding still count as of that aspect: the vendor's own 106×134 for 4:5 is 1.1 % off. */
const ASPECT_TOLERANCE = 0.02;

/** Which portraits are made of each face, and where each goes in the answer. */
export interface PortraitPlan {
  readonly specs: readonly PortraitSpec[];
  /** Positions in `specs`. */
  readonly crop?: number;
  readonly thumbnail?: number;
  readonly originalRect: boolean;
}

export interface PortraitWishes {
  readonly outputImageParams?: OutputImageParams | null | undefined;
  readonly thumbnails: boolean;
}

export function planPortraits({ outputImageParams, thumbnails }: PortraitWishes): PortraitPlan {
  const crop = outputImageParams?.crop ?? undefined;
  const backgroundColour = colourOf(outputImageParams?.backgroundColor);
  const cropSpecs =
    crop === undefined ? [] : [{ ...cropSpec(crop), ...(backgroundColour && { backgroundColour }) }];
  return {
    specs: thumbnails ? [...cropSpecs, THUMBNAIL] : cropSpecs,
    ...(crop === undefined ? {} : { crop: 0 }),
    ...(thumbnails ? { thumbnail: cropSpecs.length } : {}),
    originalRect: crop?.returnOriginalRect === true,
  };
}

type Crop = NonNullable<OutputImageParams['crop']>;

function cropSpec({ type, size, padColor }: Crop): PortraitSpec {
  const aspect = CROP_ASPECTS[type ?? 0] ?? '3:4';
  const [width = 0, height = 0] = size ?? [];
  const fits = Math.abs(width / height / ratioOf(aspect) - 1) <= ASPECT_TOLERANCE;
  return { aspect, padColour: colourOf(padColor) ?? GREY, ...(fits ? { size: { width, height } } : {}) };
}

function ratioOf(aspect: PortraitAspect): number {
  const [width = 1, height = 1] = aspect.split(':').map(Number);
  return width / height;
}
