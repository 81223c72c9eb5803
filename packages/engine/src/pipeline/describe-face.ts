import { tellAttributes } from '../attributes/tell-attributes.ts';
import { IDENTITY } from '../geometry/affine.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { judgeInjection } from '../injection/judge-injection.ts';
import { askNetworks } from '../injection/networks/ask-networks.ts';
import { eyeLineTilt } from '../landmarks/five-points.ts';
import { detectAttack } from '../pad/detect-attack.ts';
import { type FramedPortrait, finishPortrait, framePortrait } from '../portrait/cut-portraits.ts';
import { measureQuality } from '../quality/measure-quality.ts';
import { templateOfFace } from '../recognition/template-of-face.ts';
import { createFaceSignals } from '../signals/create-face-signals.ts';
import type { FaceSignals, PersonMatte } from '../signals/face-signals.ts';
import { personMatte } from '../signals/person-matte.ts';
import type { AnalysedFace, AnalysisRequest, Portrait, PortraitSpec } from '../vocabulary/analysis.ts';
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
  const { points, mesh, box, score } = face;
  const signals = signalsOf(face, describing);
  /** What nobody asked for is no stage. */
  const asked = async <Wish, T>(wish: Wish | undefined, name: string, work: (wish: Wish) => Promise<T>) =>
    wish ? stage(name, () => work(wish)) : undefined;

  const template = await asked(request.template, 'template', () => templateOf(face, models));
  const cut = await asked(some(request.portraits), 'portraits', (specs) =>
    cutPortraits(specs, face, { signals, describing }),
  );
  const quality = await asked(request.quality, 'quality', (wanted) =>
    measure(wanted, { face, framed: cut?.framed ?? [], signals, describing }),
  );
  const attributes = await asked(some(request.attributes), 'attributes', (wanted) =>
    tellAttributes(signals, face, wanted),
  );
  const presentationAttack = await asked(request.presentationAttack, 'presentation-attack', () =>
    detectAttack(face, { image, auxiliary: models.auxiliary }),
  );
  const injection = await asked(provenance, 'injection', async (declared) =>
    judgeInjection({
      image,
      mesh,
      isJpeg,
      provenance: declared,
      networks: await askNetworks(models.injection, image, face),
    }),
  );
  return {
    box,
    landmarks: points,
    roll: degrees((-eyeLineTilt(points.subjectRightEye, points.subjectLeftEye) * 180) / Math.PI),
    detectionScore: score,
    ...(template && { template }),
    ...(request.mesh && mesh && { mesh }),
    portraits: cut?.portraits ?? [],
    ...(quality && { quality }),
    ...(attributes && { attributes }),
    ...(presentationAttack && { presentationAttack }),
    ...(injection && { injection }),
  };
}

const some = <Item>(list: readonly Item[] | undefined) => (list?.length ? list : undefined);

const templateOf = ({ view, points }: LocatedFace, { recognisers, packId }: Models) =>
  templateOfFace(view, points, { recognisers, packId });

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
  specs: readonly PortraitSpec[],
  { points }: LocatedFace,
  { signals, describing: { image, models } }: Pick<Measuring, 'signals' | 'describing'>,
): Promise<Cut> {
  const person = async () => {
    if (await models.auxiliary.get('segmentation')) return signals.person();
    throw new EngineError('model-missing', 'The pack cannot tell a person from the background.');
  };
  const framed = specs.map((spec) => framePortrait(image, points, spec));
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
