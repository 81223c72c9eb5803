import type { ImageLimits } from '../engine.ts';
import { decodeImage } from '../image/decode.ts';
import { resizeToJpeg } from '../image/resize.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { NO_PROVENANCE, readProvenance } from '../injection/provenance/read-provenance.ts';
import type { AnalysedFace, AnalysedImage, AnalysisRequest } from '../vocabulary/analysis.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { AnalysedFrame, VideoAnalysisRequest } from '../vocabulary/video.ts';
import { type Describing, describeFace } from './describe-face.ts';
import { findFaces } from './find-faces.ts';
import type { Models } from './models.ts';
import { type Stage, Stopwatch } from './stopwatch.ts';

export interface AnalysisOptions {
  readonly limits: ImageLimits;
  /** Asked between stages: true when nobody waits for the answer any more. */
  readonly isCancelled?: () => boolean;
}

/** What is found in a frame, whenever it was shown. */
export type FrameAnalysis = Omit<AnalysedFrame, 'timestampSeconds'>;

/** One picture from bytes to faces: decode, find, describe. */
export async function analyseImage(
  bytes: Uint8Array,
  request: AnalysisRequest,
  models: Models,
  { limits, isCancelled }: AnalysisOptions,
): Promise<AnalysedImage> {
  const { stage, watch } = stagesOf(isCancelled);
  const { image, format, resized } = await stage('decode', () => decodeToSize(bytes, request, limits));
  const provenance = request.injection
    ? await stage('provenance', () => readProvenance(bytes, format))
    : undefined;
  const isJpeg = format === 'jpeg' || resized !== undefined;
  const faces = await describeFaces(request, { image, isJpeg, provenance, models, stage });
  return {
    width: image.width,
    height: image.height,
    mediaType: `image/${format}`,
    ...(provenance && { provenance }),
    ...(resized && { resized }),
    faces,
    stageMs: watch.totals(),
  };
}

/** The same from pixels. */
export async function analyseFrame(
  image: RgbImage,
  request: VideoAnalysisRequest,
  models: Models,
  { isCancelled }: Pick<AnalysisOptions, 'isCancelled'>,
): Promise<FrameAnalysis> {
  const { stage, watch } = stagesOf(isCancelled);
  const provenance = request.injection ? NO_PROVENANCE : undefined;
  const faces = await describeFaces(request, { image, isJpeg: false, provenance, models, stage });
  const picture = request.pictures && (await resizeToJpeg(image, request.pictures));
  return {
    width: image.width,
    height: image.height,
    faces,
    ...(picture && { picture }),
    stageMs: watch.totals(),
  };
}

function stagesOf(isCancelled: () => boolean = () => false): { stage: Stage; watch: Stopwatch } {
  const watch = new Stopwatch();
  const stage: Stage = async (name, work) => {
    if (isCancelled()) throw new EngineError('timeout', 'The request was given up before it was finished.');
    return watch.time(name, work);
  };
  return { stage, watch };
}

async function describeFaces(
  request: AnalysisRequest,
  describing: Omit<Describing, 'request'>,
): Promise<AnalysedFace[]> {
  const { image, models, stage } = describing;
  const located = await findFaces(image, models, { faces: request.faces, stage });
  const faces: AnalysedFace[] = [];
  for (const face of located) faces.push(await describeFace(face, { ...describing, request }));
  return faces;
}

/** The resized picture is decoded again: its template must be the one that its bytes give at any later time. */
async function decodeToSize(bytes: Uint8Array, { resize }: AnalysisRequest, limits: ImageLimits) {
  const decoded = await decodeImage(bytes, limits);
  if (resize === undefined) return { ...decoded, resized: undefined };
  const resized = await resizeToJpeg(decoded.image, resize);
  return { ...(await decodeImage(resized, limits)), format: decoded.format, resized };
}
