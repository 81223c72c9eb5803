import type { ImageLimits } from '../engine.ts';
import { decodeImage } from '../image/decode.ts';
import { resizeToJpeg } from '../image/resize.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { AnalysedFace, AnalysedImage, AnalysisRequest } from '../vocabulary/analysis.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { QualityMeasure } from '../vocabulary/quality.ts';
import { describeFace } from './describe-face.ts';
import { centralOf, findFaces } from './find-faces.ts';
import type { LocatedFace } from './locate-face.ts';
import type { Models } from './models.ts';
import { type Stage, Stopwatch } from './stopwatch.ts';

export interface AnalysisOptions {
  readonly limits: ImageLimits;
  /** Asked between stages: true when nobody waits for the answer any more. */
  readonly isCancelled?: () => boolean;
}

/** One picture from bytes to faces: decode, find, describe. */
export async function analyseImage(
  bytes: Uint8Array,
  request: AnalysisRequest,
  models: Models,
  { limits, isCancelled = () => false }: AnalysisOptions,
): Promise<AnalysedImage> {
  const watch = new Stopwatch();
  const stage: Stage = async (name, work) => {
    if (isCancelled()) throw new EngineError('timeout', 'The request was given up before it was finished.');
    return watch.time(name, work);
  };
  const { image, format, resized } = await stage('decode', () => decodeToSize(bytes, request, limits));
  const { wanted, all } = await findWanted(image, request, { models, stage });
  const faces: AnalysedFace[] = [];
  for (const face of wanted) {
    const others = all.filter((other) => other !== face);
    faces.push(await describeFace(face, { image, others, request, models, stage }));
  }
  return {
    width: image.width,
    height: image.height,
    mediaType: `image/${format}`,
    ...(resized && { resized }),
    faces,
    stageMs: watch.totals(),
  };
}

/** The resized picture is decoded again: its template must be the one that its bytes give at any later time. */
async function decodeToSize(bytes: Uint8Array, { resize }: AnalysisRequest, limits: ImageLimits) {
  const decoded = await decodeImage(bytes, limits);
  if (resize === undefined) return { ...decoded, resized: undefined };
  const resized = await resizeToJpeg(decoded.image, resize);
  return { ...(await decodeImage(resized, limits)), format: decoded.format, resized };
}

/** The other faces are looked for as well where a measure is about them. */
async function findWanted(
  image: RgbImage,
  { faces, quality }: AnalysisRequest,
  { models, stage }: { models: Models; stage: Stage },
): Promise<{ readonly wanted: readonly LocatedFace[]; readonly all: readonly LocatedFace[] }> {
  const isAboutOthers = quality?.measures.some((measure) => ABOUT_OTHERS.has(measure)) ?? false;
  const all = await findFaces(image, models, { faces: isAboutOthers ? 'all' : faces, stage });
  const central = faces === 'central' ? centralOf(all, image) : undefined;
  return { wanted: central ? [central] : all, all };
}

const ABOUT_OTHERS: ReadonlySet<QualityMeasure> = new Set(['other-faces', 'other-face-area']);
