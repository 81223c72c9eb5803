import { tellAttributes } from '../attributes/tell-attributes.ts';
import { IDENTITY } from '../geometry/affine.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { judgeInjection } from '../injection/judge-injection.ts';
import { eyeLineTilt } from '../landmarks/five-points.ts';
import { detectAttack } from '../pad/detect-attack.ts';
import { type FramedPortrait, finishPortrait, framePortrait } from '../portrait/cut-portraits.ts';
import { measureQuality } from '../quality/measure-quality.ts';
import { templateOfFace } from '../recognition/template-of-face.ts';
import { createFaceSignals } from '../signals/create-face-signals.ts';
import type { FaceSignals, PersonMatte } from '../signals/face-signals.ts';
import { personMatte } from '../signals/person-matte.ts';
import type { AnalysedFace, AnalysisRequest, Portrait } from '../vocabulary/analysis.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { Provenance } from '../vocabulary/injection.ts';
import type { MeasuredQuality, QualityMeasure, QualityRequest } from '../vocabulary/quality.ts';
import { degrees } from '../vocabulary/units.ts';
import type { LocatedFace } from './locate-face.ts';
import type { Models } from './models.ts';
import { otherFacesIn } from './other-faces-in.ts';
import { qualitySubjectIn } from './quality-subject-in.ts';
import type { Stage } from './stopwatch.ts';

export interface Describing {
  readonly image: RgbImage;
  /** Whether the pixels are as a JPEG's decoder gave them. */
  readonly isJpeg: boolean;
  /** Present when injection is asked about. */
  readonly provenance?: Provenance | undefined;
  readonly request: AnalysisRequest;
  readonly models: Models;
  readonly stage: Stage;
}

/** All that is asked of one face. What several answers rest on is computed once. */
export async function describeFace(face: LocatedFace, describing: Describing): Promise<AnalysedFace> {
  const { image, isJpeg, provenance, request, models, stage } = describing;
  const { points, mesh, box, score, view } = face;
  const signals = signalsOf(face, describing);
  const { recognisers, packId } = models;
  const template = request.template
    ? await stage('template', () => templateOfFace(view, points, { recognisers, packId }))
    : undefined;
  const { framed, portraits } = request.portraits?.length
    ? await stage('portraits', () => cutPortraits(face, signals, describing))
    : { framed: [], portraits: [] };
  const { quality: measured, attributes: wanted } = request;
  const quality = measured
    ? await stage('quality', () => measure(measured, { face, framed, signals, describing }))
    : undefined;
  const attributes = wanted?.length
    ? await stage('attributes', () => tellAttributes(signals, face, wanted))
    : undefined;
  const presentationAttack = request.presentationAttack
    ? await stage('presentation-attack', () => detectAttack(face, { image, auxiliary: models.auxiliary }))
    : undefined;
  const injection = provenance
    ? await stage('injection', async () => judgeInjection({ image, mesh, isJpeg, provenance }))
    : undefined;
  return {
    box,
    landmarks: points,
    roll: degrees((-eyeLineTilt(points.subjectRightEye, points.subjectLeftEye) * 180) / Math.PI),
    detectionScore: score,
    ...(template && { template }),
    ...(request.mesh && mesh && { mesh }),
    portraits,
    ...(quality && { quality }),
    ...(attributes && { attributes }),
    ...(presentationAttack && { presentationAttack }),
    ...(injection && { injection }),
  };
}

function signalsOf({ view, points, mesh }: LocatedFace, { image, models }: Describing): FaceSignals {
  const { auxiliary } = models;
  const person = async (): Promise<PersonMatte | undefined> => {
    const network = await auxiliary.get('segmentation');
    return network && personMatte(image, points, network);
  };
  return createFaceSignals({ image, view, points, ...(mesh && { mesh }), auxiliary, person });
}

/** @throws EngineError `model-missing` when a background is to be replaced and the pack cannot tell it from the person. */
async function cutPortraits(
  { points }: LocatedFace,
  signals: FaceSignals,
  { image, models, request }: Describing,
): Promise<Cut> {
  const person = async () => {
    if (await models.auxiliary.get('segmentation')) return signals.person();
    throw new EngineError('model-missing', 'The pack cannot tell a person from the background.');
  };
  const framed = (request.portraits ?? []).map((spec) => framePortrait(image, points, spec));
  const portraits = await Promise.all(framed.map((portrait) => finishPortrait(portrait, image, person)));
  return { framed, portraits };
}

interface Cut {
  readonly framed: readonly FramedPortrait[];
  readonly portraits: readonly Portrait[];
}

interface Measuring {
  readonly face: LocatedFace;
  readonly framed: readonly FramedPortrait[];
  readonly signals: FaceSignals;
  readonly describing: Describing;
}

async function measure(
  request: QualityRequest,
  { face, framed, signals, describing: { image, models } }: Measuring,
): Promise<MeasuredQuality> {
  const { backgroundColour } = request;
  const [portrait] = request.of === 'portrait' ? framed : [];
  const frame = portrait ?? { raster: image, toImage: IDENTITY };
  const subject = qualitySubjectIn(frame, { image, face, signals, backgroundColour });
  if (!subject) return {};
  const isAboutOthers = request.measures.some((name) => ABOUT_OTHERS.has(name));
  const otherFaces = isAboutOthers ? await otherFacesIn(subject, models) : [];
  return measureQuality({ ...subject, otherFaces }, request);
}

const ABOUT_OTHERS: ReadonlySet<QualityMeasure> = new Set(['other-faces', 'other-face-area']);
