type Row = readonly [group: number, name: string, range: readonly [min: number, max: number]];

/** Details that recorded answers of QualityICAO, QualityVisaSchengen and QualityVisaUSA share, in their order. */
const SHARED: readonly Row[] = [
  [1, 'ImageChannelsNumber', [3, 3]],
  [2, 'FaceMidPointHorizontalPosition', [0.45, 0.55]],
  [2, 'FaceMidPointVerticalPosition', [0.3, 0.5]],
  [2, 'HeadWidthRatio', [0.5, 0.75]],
  [2, 'HeadHeightRatio', [0.6, 0.9]],
  [2, 'EyesDistance', [90, 10_000]],
  [2, 'Yaw', [-5, 5]],
  [2, 'Pitch', [-8, 8]],
  [2, 'Roll', [-5, 5]],
  [3, 'BlurLevel', [0, 0.15]],
  [3, 'NoiseLevel', [0, 0.2]],
  [4, 'EyeRightClosed', [0, 0.5]],
  [4, 'EyeLeftClosed', [0, 0.5]],
  [4, 'EyeRightOccluded', [0, 0.5]],
  [4, 'EyeLeftOccluded', [0, 0.5]],
  [4, 'EyesRed', [0, 0.5]],
  [4, 'EyeRightCoveredWithHair', [0, 0.05]],
  [4, 'EyeLeftCoveredWithHair', [0, 0.05]],
  [4, 'OffGaze', [0, 0.4]],
  [3, 'FaceDynamicRange', [7, 8]],
  [3, 'UnnaturalSkinTone', [0, 0.5]],
  [5, 'TooDark', [0, 0.38]],
  [5, 'TooLight', [0, 0.5]],
  [5, 'FaceGlare', [0, 0.5]],
  [5, 'ShadowsOnFace', [0, 0.5]],
  [7, 'DarkGlasses', [0, 0.5]],
  [7, 'ReflectionOnGlasses', [0, 0.5]],
  [7, 'FramesTooHeavy', [0, 6]],
  [7, 'FaceOccluded', [0, 0.06]],
  [7, 'HeadCovering', [0, 0.5]],
  [8, 'BackgroundUniformity', [0.9, 1]],
  [8, 'ShadowsOnBackground', [0.9, 1]],
  [8, 'OtherFaces', [1, 1]],
  [6, 'ShouldersPose', [0.6, 1]],
  [6, 'ExpressionLevel', [0, 0.84]],
  [6, 'MouthOpen', [0, 0.5]],
  [7, 'ForeheadCovering', [0, 0.5]],
  [6, 'Smile', [0, 0.5]],
  [7, 'StrongMakeup', [0, 0.5]],
  [7, 'Headphones', [0, 0.5]],
];

interface RecordedScenario {
  readonly scenario: string;
  readonly rows: readonly Row[];
  /** Of the groups 1 to 8. */
  readonly totals: readonly number[];
  readonly cropSize: readonly [width: number, height: number];
}

/** What recorded answers hold of each scenario, written down apart from the tables that make ours. */
export const RECORDED_SCENARIOS: readonly RecordedScenario[] = [
  {
    scenario: 'QualityICAO',
    rows: [
      [1, 'ImageWidth', [480, 10_000]],
      [1, 'ImageHeight', [640, 10_000]],
      [1, 'ImageWidthToHeight', [0.74, 0.8]],
      ...SHARED,
      [1, 'ArtFace', [0, 0.5]],
    ],
    totals: [5, 8, 4, 8, 4, 4, 8, 3],
    cropSize: [480, 640],
  },
  {
    scenario: 'QualityVisaSchengen',
    rows: [
      [1, 'ImageWidth', [420, 10_000]],
      [1, 'ImageHeight', [540, 10_000]],
      [1, 'ImageWidthToHeight', [0.74, 0.8]],
      ...SHARED,
    ],
    totals: [4, 8, 4, 8, 4, 4, 8, 3],
    cropSize: [420, 540],
  },
  {
    scenario: 'QualityVisaUSA',
    rows: [
      [1, 'ImageWidth', [600, 1200]],
      [1, 'ImageHeight', [600, 1200]],
      [1, 'ImageWidthToHeight', [1, 1]],
      ...SHARED,
      [8, 'BackgroundColorMatch', [0.8, 1]],
    ],
    totals: [4, 8, 4, 8, 4, 4, 8, 4],
    cropSize: [600, 600],
  },
];

/** FaceImageQualityGroupsStrings of the groups 1 to 8. */
export const GROUP_NAMES = [
  'ImageCharacteristics',
  'HeadSizeAndPosition',
  'FaceQuality',
  'EyesCharacteristics',
  'ShadowsAndLightning',
  'PoseAndExpression',
  'HeadOcclusion',
  'Background',
];
