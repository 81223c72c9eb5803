import type {
  AnalysedFace,
  MeasuredQuality,
  QualityMeasure,
  QualityRequest,
} from '@facegate/engine/vocabulary';
import type { FaceMark } from './marks.ts';

/** Undefined: the engine could not assess it. */
export type QualityTraits = Readonly<Partial<Record<QualityMeasure, number | undefined>>>;

/** What a drawn face is unless a test says otherwise: a good photograph of somebody without glasses. */
const GOOD: QualityTraits = {
  'colour-channels': 3,
  artificial: 0.02,
  'eyes-x': 0.5,
  'eyes-y': 0.44,
  'head-width': 0.6,
  'head-height': 0.75,
  yaw: 1,
  pitch: -2,
  'head-size': 0.4,
  'leftward-crop': 1.2,
  'rightward-crop': 1.2,
  'margin-above': 1.6,
  'margin-below': 2,
  blur: 0.05,
  noise: 0.1,
  compression: 0.1,
  'dynamic-range': 7.5,
  'luminance-mean': 0.5,
  'luminance-variance': 0.05,
  'under-exposed': 0,
  'over-exposed': 0,
  'too-dark': 0.1,
  'too-light': 0.1,
  'illumination-uniformity': 0.8,
  glare: 0.05,
  'face-shadow': 0.1,
  'unnatural-skin': 0.05,
  'skin-colour-distance': 0,
  'right-eye-closed': 0.03,
  'left-eye-closed': 0.04,
  'right-eye-occluded': 0.01,
  'left-eye-occluded': 0.02,
  'right-eye-hair': 0.01,
  'left-eye-hair': 0.02,
  'red-eyes': 0.01,
  'gaze-off': 0.1,
  'contact-lenses': 0.01,
  'eye-opening': 0.09,
  'shoulders-square': 0.9,
  expression: 0.2,
  'mouth-open': 0.05,
  smile: 0.1,
  'mouth-opening': 0.02,
  'dark-glasses': 0.01,
  'heavy-frames': 0,
  'head-covering': 0.03,
  'forehead-covering': 0.04,
  'face-mask': 0.01,
  'strong-makeup': 0.06,
  headphones: 0.02,
  'face-occlusion': 0.01,
  'background-uniformity': 0.97,
  'background-shadow-free': 0.96,
};

/** What the picture itself tells of the face. */
export interface FakeScene {
  readonly packId: string;
  /** Of the picture, px. */
  readonly width: number;
  readonly height: number;
  readonly otherFaces: number;
}

/** Exactly the measures asked for, those that `traits` leaves undefined excepted. */
export function qualityOf(
  mark: FaceMark,
  face: Pick<AnalysedFace, 'landmarks' | 'portraits'>,
  { request, scene, traits }: { request: QualityRequest; scene: FakeScene; traits: QualityTraits },
): MeasuredQuality {
  const known: QualityTraits = { ...GOOD, ...geometryOf(mark, face, { request, scene }), ...traits };
  const assessed = request.measures.flatMap((measure) => {
    const value = known[measure];
    return value === undefined ? [] : [[measure, value] as const];
  });
  return Object.fromEntries(assessed);
}

/** Share of a portrait's width between the eyes. */
const EYE_SHARE = 0.3;

function geometryOf(
  mark: FaceMark,
  { landmarks, portraits }: Pick<AnalysedFace, 'landmarks' | 'portraits'>,
  { request, scene }: { request: QualityRequest; scene: FakeScene },
): QualityTraits {
  const [portrait] = request.of === 'portrait' ? portraits : [];
  const { width, height } = portrait ?? scene;
  const { subjectRightEye: right, subjectLeftEye: left } = landmarks;
  const ofPicture = {
    'eyes-x': (right.x + left.x) / 2 / width,
    'eyes-y': (right.y + left.y) / 2 / height,
    'inter-eye-distance': Math.hypot(left.x - right.x, left.y - right.y),
    roll: mark.roll,
    padding: 0,
  };
  return {
    'raster-width': width,
    'raster-height': height,
    'other-faces': scene.otherFaces,
    'other-face-area': 0,
    ...(request.backgroundColour && { 'background-match': 0.9 }),
    ...(portrait ? { 'inter-eye-distance': EYE_SHARE * width, roll: 0, padding: 0.1 } : ofPicture),
  };
}
