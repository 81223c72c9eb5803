/** FaceImageQualityGroups, numbers and words. */
export const QUALITY_GROUPS = {
  1: 'ImageCharacteristics',
  2: 'HeadSizeAndPosition',
  3: 'FaceQuality',
  4: 'EyesCharacteristics',
  5: 'ShadowsAndLightning',
  6: 'PoseAndExpression',
  7: 'HeadOcclusion',
  8: 'Background',
} as const;

export type QualityGroup = keyof typeof QUALITY_GROUPS;

export const QUALITY_GROUP_IDS = [1, 2, 3, 4, 5, 6, 7, 8] as const satisfies readonly QualityGroup[];
