import { centralFace } from '../detection/central-face.ts';
import { detectFaces } from '../detection/ladder.ts';
import type { ImageLimits } from '../engine.ts';
import { decodeImage } from '../image/decode.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { eyeLineTilt } from '../landmarks/five-points.ts';
import { cutPortraits } from '../portrait/cut-portraits.ts';
import { templateOfFace } from '../recognition/template-of-face.ts';
import type { AnalysedFace, AnalysedImage, AnalysisRequest } from '../vocabulary/analysis.ts';
import { EngineError } from '../vocabulary/errors.ts';
import { degrees } from '../vocabulary/units.ts';
import { type LocatedFace, locateFace } from './locate-face.ts';
import type { Models } from './models.ts';
import { Stopwatch } from './stopwatch.ts';

export interface AnalysisOptions {
  readonly limits: ImageLimits;
  /** Asked between stages: true when nobody waits for the answer any more. */
  readonly isCancelled?: () => boolean;
}

/** One picture from bytes to faces: decode, detect, choose, locate, describe. */
export async function analyseImage(
  bytes: Uint8Array,
  request: AnalysisRequest,
  models: Models,
  { limits, isCancelled = () => false }: AnalysisOptions,
): Promise<AnalysedImage> {
  const watch = new Stopwatch();
  const stage = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (isCancelled()) throw new EngineError('timeout', 'The request was given up before it was finished.');
    return watch.time(name, work);
  };
  const image = await stage('decode', () => decodeImage(bytes, limits));
  const located = await locateFaces(image, request, { models, stage });
  const faces: AnalysedFace[] = [];
  for (const face of located) faces.push(await describe(image, face, { request, models, stage }));
  return { width: image.width, height: image.height, faces, stageMs: watch.totals() };
}

type Stage = <T>(name: string, work: () => Promise<T>) => Promise<T>;

async function locateFaces(
  image: RgbImage,
  request: AnalysisRequest,
  { models, stage }: { models: Models; stage: Stage },
): Promise<LocatedFace[]> {
  const wantAll = request.faces === 'all';
  const { detectors, manifest } = models;
  const detected = await stage('detect', () =>
    detectFaces(image, manifest.detection, { detectors, wantAll }),
  );
  const central = centralFace(detected, image);
  const chosen = wantAll ? detected : central ? [central] : [];
  const located: LocatedFace[] = [];
  for (const face of chosen) located.push(await stage('landmarks', () => locateFace(image, face, models)));
  return located;
}

async function describe(
  image: RgbImage,
  face: LocatedFace,
  { request, models, stage }: { request: AnalysisRequest; models: Models; stage: Stage },
): Promise<AnalysedFace> {
  const { recognisers, packId } = models;
  const template = request.template
    ? await stage('template', () => templateOfFace(image, face.points, { recognisers, packId }))
    : undefined;
  const portraits = request.portraits?.length
    ? await stage('portraits', () => cutPortraits(image, face.points, request.portraits ?? []))
    : [];
  const tilt = eyeLineTilt(face.points.subjectRightEye, face.points.subjectLeftEye);
  return {
    box: face.detected.box,
    landmarks: face.points,
    roll: degrees((-tilt * 180) / Math.PI),
    detectionScore: face.detected.score,
    ...(template && { template }),
    ...(request.mesh && { mesh: face.mesh }),
    portraits,
  };
}
