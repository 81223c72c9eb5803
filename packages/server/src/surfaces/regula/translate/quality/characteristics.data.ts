import type { MeasuredQuality, QualityMeasure } from '@facegate/engine/vocabulary';
import type { QualityGroup } from './groups.ts';

/** Smallest and largest compliant value. */
export type Range = readonly [min: number, max: number];

export interface MeasuredFace {
  readonly quality: MeasuredQuality;
  /** Absent where it could not be told. */
  readonly wearsGlasses?: boolean;
}

export interface Characteristic {
  readonly group: QualityGroup;
  /** What it is made of. */
  readonly measures: readonly QualityMeasure[];
  /** When the one who asks names none: QualityICAO's where that has one. */
  readonly range: Range;
  /** Undefined: undetermined. Absent: the measure itself, in the same unit. */
  readonly value?: (face: MeasuredFace) => number | undefined;
  /** Its value also rests on whether glasses are worn. */
  readonly ofGlasses?: true;
}

const SELDOM: Range = [0, 0.5];
const ANY_SIZE = 10_000;

/** What recorded answers hold for a face without glasses. */
const NO_REFLECTION = 0.25;

const ratio = (over: number | undefined, under: number | undefined): number | undefined =>
  over === undefined || under === undefined ? undefined : over / under;

const onlyFace = (others: number | undefined): number | undefined =>
  others === undefined ? undefined : Number(others === 0);

/**
 * The vendor's 48 characteristics in the order of its recorded answers; where several measures make one, how. Ranges of
 * QualityICAO are recorded, that of `BackgroundColorMatch` is QualityVisaUSA's. Recorded answers do not hold
 * `MedicalMask`, `ContactLenses` and `PaddingRatio`: their groups and ranges are ours.
 */
export const CHARACTERISTICS = {
  ImageWidth: { group: 1, measures: ['raster-width'], range: [480, ANY_SIZE] },
  ImageHeight: { group: 1, measures: ['raster-height'], range: [640, ANY_SIZE] },
  ImageWidthToHeight: {
    group: 1,
    measures: ['raster-width', 'raster-height'],
    range: [0.74, 0.8],
    value: ({ quality }) => ratio(quality['raster-width'], quality['raster-height']),
  },
  ImageChannelsNumber: { group: 1, measures: ['colour-channels'], range: [3, 3] },
  FaceMidPointHorizontalPosition: { group: 2, measures: ['eyes-x'], range: [0.45, 0.55] },
  FaceMidPointVerticalPosition: { group: 2, measures: ['eyes-y'], range: [0.3, 0.5] },
  HeadWidthRatio: { group: 2, measures: ['head-width'], range: [0.5, 0.75] },
  HeadHeightRatio: { group: 2, measures: ['head-height'], range: [0.6, 0.9] },
  EyesDistance: { group: 2, measures: ['inter-eye-distance'], range: [90, ANY_SIZE] },
  Yaw: { group: 2, measures: ['yaw'], range: [-5, 5] },
  Pitch: { group: 2, measures: ['pitch'], range: [-8, 8] },
  Roll: { group: 2, measures: ['roll'], range: [-5, 5] },
  BlurLevel: { group: 3, measures: ['blur'], range: [0, 0.15] },
  NoiseLevel: { group: 3, measures: ['noise'], range: [0, 0.2] },
  EyeRightClosed: { group: 4, measures: ['right-eye-closed'], range: SELDOM },
  EyeLeftClosed: { group: 4, measures: ['left-eye-closed'], range: SELDOM },
  EyeRightOccluded: { group: 4, measures: ['right-eye-occluded'], range: SELDOM },
  EyeLeftOccluded: { group: 4, measures: ['left-eye-occluded'], range: SELDOM },
  EyesRed: { group: 4, measures: ['red-eyes'], range: SELDOM },
  EyeRightCoveredWithHair: { group: 4, measures: ['right-eye-hair'], range: [0, 0.05] },
  EyeLeftCoveredWithHair: { group: 4, measures: ['left-eye-hair'], range: [0, 0.05] },
  OffGaze: { group: 4, measures: ['gaze-off'], range: [0, 0.4] },
  FaceDynamicRange: { group: 3, measures: ['dynamic-range'], range: [7, 8] },
  UnnaturalSkinTone: { group: 3, measures: ['unnatural-skin'], range: SELDOM },
  TooDark: { group: 5, measures: ['too-dark'], range: [0, 0.38] },
  TooLight: { group: 5, measures: ['too-light'], range: SELDOM },
  FaceGlare: { group: 5, measures: ['glare'], range: SELDOM },
  ShadowsOnFace: { group: 5, measures: ['face-shadow'], range: SELDOM },
  DarkGlasses: { group: 7, measures: ['dark-glasses'], range: SELDOM },
  ReflectionOnGlasses: {
    group: 7,
    measures: ['glasses-reflection'],
    range: SELDOM,
    value: ({ quality, wearsGlasses }) =>
      wearsGlasses === false ? NO_REFLECTION : quality['glasses-reflection'],
    ofGlasses: true,
  },
  FramesTooHeavy: {
    group: 7,
    measures: ['heavy-frames'],
    range: [0, 6],
    value: ({ quality, wearsGlasses }) => (wearsGlasses === false ? 0 : quality['heavy-frames']),
    ofGlasses: true,
  },
  FaceOccluded: { group: 7, measures: ['face-occlusion'], range: [0, 0.06] },
  HeadCovering: { group: 7, measures: ['head-covering'], range: SELDOM },
  BackgroundUniformity: { group: 8, measures: ['background-uniformity'], range: [0.9, 1] },
  ShadowsOnBackground: { group: 8, measures: ['background-shadow-free'], range: [0.9, 1] },
  OtherFaces: {
    group: 8,
    measures: ['other-faces'],
    range: [1, 1],
    value: ({ quality }) => onlyFace(quality['other-faces']),
  },
  ShouldersPose: { group: 6, measures: ['shoulders-square'], range: [0.6, 1] },
  ExpressionLevel: { group: 6, measures: ['expression'], range: [0, 0.84] },
  MouthOpen: { group: 6, measures: ['mouth-open'], range: SELDOM },
  ForeheadCovering: { group: 7, measures: ['forehead-covering'], range: SELDOM },
  Smile: { group: 6, measures: ['smile'], range: SELDOM },
  StrongMakeup: { group: 7, measures: ['strong-makeup'], range: SELDOM },
  Headphones: { group: 7, measures: ['headphones'], range: SELDOM },
  MedicalMask: { group: 7, measures: ['face-mask'], range: SELDOM },
  BackgroundColorMatch: { group: 8, measures: ['background-match'], range: [0.8, 1] },
  ArtFace: { group: 1, measures: ['artificial'], range: SELDOM },
  ContactLenses: { group: 4, measures: ['contact-lenses'], range: SELDOM },
  PaddingRatio: { group: 1, measures: ['padding'], range: [0, 1] },
} as const satisfies Record<string, Characteristic>;

export type CharacteristicName = keyof typeof CHARACTERISTICS;

export const CHARACTERISTIC_NAMES = Object.keys(CHARACTERISTICS) as readonly CharacteristicName[];

export const isCharacteristicName = (name: string): name is CharacteristicName =>
  Object.hasOwn(CHARACTERISTICS, name);
