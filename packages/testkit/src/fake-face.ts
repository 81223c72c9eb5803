import {
  type AnalysedFace,
  type AnalysisRequest,
  degrees,
  type FivePoints,
  type Injection,
  type Point,
  type Portrait,
  type PortraitSpec,
  type PresentationAttack,
} from '@facegate/engine/vocabulary';
import sharp from 'sharp';
import { type AttributeTraits, attributesOf } from './fake-attributes.ts';
import { type FakeScene, type QualityTraits, qualityOf } from './fake-quality.ts';
import { templateFor } from './fake-template.ts';
import { type FaceMark, markColour } from './marks.ts';

const MESH_POINTS = 468;

/** Where the five points lie in an upright face, as shares of its box from the centre. */
const UPRIGHT: FivePoints = {
  subjectRightEye: { x: -0.2, y: -0.15 },
  subjectLeftEye: { x: 0.2, y: -0.15 },
  noseTip: { x: 0, y: 0.05 },
  subjectRightMouthCorner: { x: -0.15, y: 0.25 },
  subjectLeftMouthCorner: { x: 0.15, y: 0.25 },
};

/** What every face of every picture is like. */
export interface FakeTraits {
  readonly quality?: QualityTraits;
  readonly attributes?: AttributeTraits;
  readonly presentationAttack?: PresentationAttack;
  readonly injection?: Injection | ((identity: number) => Injection);
}

const BONA_FIDE: PresentationAttack = {
  outcome: 'bona-fide',
  attackProbability: 0.02,
  assurance: 'normal',
  evidence: [{ signal: 'network', logLikelihoodRatio: -3.9 }],
};

const GENUINE: Injection = {
  outcome: 'genuine',
  manipulationProbability: 0.04,
  evidence: [{ signal: 'noise-residual', logLikelihoodRatio: -3.2 }],
};

function injectionOf(identity: number, { injection = GENUINE }: FakeTraits): Injection {
  return typeof injection === 'function' ? injection(identity) : injection;
}

/** The face that a mark stands for, with what the request asks and nothing else. */
export async function faceFrom(
  mark: FaceMark,
  request: AnalysisRequest,
  { scene, traits }: { scene: FakeScene; traits: FakeTraits },
): Promise<AnalysedFace> {
  const { x, y, width, height, identity, roll } = mark;
  const at = placeIn(mark);
  const placed = {
    landmarks: {
      subjectRightEye: at(UPRIGHT.subjectRightEye),
      subjectLeftEye: at(UPRIGHT.subjectLeftEye),
      noseTip: at(UPRIGHT.noseTip),
      subjectRightMouthCorner: at(UPRIGHT.subjectRightMouthCorner),
      subjectLeftMouthCorner: at(UPRIGHT.subjectLeftMouthCorner),
    },
    portraits: await Promise.all((request.portraits ?? []).map((spec) => portraitOf(mark, spec))),
  };
  return {
    box: { x, y, width, height },
    ...placed,
    roll: degrees(roll),
    detectionScore: 0.99,
    ...(request.template === true ? { template: templateFor(identity, scene.packId) } : {}),
    ...(request.mesh === true ? { mesh: meshOf(mark) } : {}),
    ...(request.quality && {
      quality: qualityOf(mark, placed, { request: request.quality, scene, traits: traits.quality ?? {} }),
    }),
    ...(request.attributes && { attributes: attributesOf(request.attributes, traits.attributes ?? {}) }),
    ...(request.presentationAttack && { presentationAttack: traits.presentationAttack ?? BONA_FIDE }),
    ...(request.injection && { injection: injectionOf(identity, traits) }),
  };
}

/** Counter-clockwise on screen is a negative angle where y points down. */
function placeIn({ x, y, width, height, roll }: FaceMark): (share: Point) => Point {
  const turn = (-roll * Math.PI) / 180;
  return (share) => {
    const [right, down] = [share.x * width, share.y * height];
    return {
      x: x + width / 2 + right * Math.cos(turn) - down * Math.sin(turn),
      y: y + height / 2 + right * Math.sin(turn) + down * Math.cos(turn),
    };
  };
}

const meshOf = ({ x, y, width, height }: FaceMark): Point[] =>
  Array.from({ length: MESH_POINTS }, (_, i) => ({
    x: x + (width * ((i % 24) + 0.5)) / 24,
    y: y + (height * (Math.floor(i / 24) + 0.5)) / 20,
  }));

/** One colour: the face's own. Twice the face's width, unless a size is asked. */
async function portraitOf(mark: FaceMark, { aspect, size }: PortraitSpec): Promise<Portrait> {
  const [across = 1, down = 1] = aspect.split(':').map(Number);
  const sourceWidth = 2 * mark.width;
  const sourceHeight = Math.round((sourceWidth * down) / across);
  const { width, height } = size ?? { width: sourceWidth, height: sourceHeight };
  const [r, g, b] = markColour(mark);
  const jpeg = await sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .jpeg()
    .toBuffer();
  const sourceBox = {
    x: mark.x + mark.width / 2 - sourceWidth / 2,
    y: mark.y + mark.height / 2 - sourceHeight / 2,
    width: sourceWidth,
    height: sourceHeight,
  };
  return { jpeg, width, height, sourceBox };
}
