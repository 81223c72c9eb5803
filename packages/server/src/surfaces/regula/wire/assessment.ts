/** What an answer says of a face's quality and attributes, key by key as recorded. */

/** FaceImageQualityStatus. */
export const QUALITY_STATUS = { FALSE: 0, TRUE: 1, UNDETERMINED: 2 } as const;

type QualityStatus = (typeof QUALITY_STATUS)[keyof typeof QUALITY_STATUS];

export interface QualityDetail {
  /** FaceImageQualityGroups. */
  readonly groupId: number;
  readonly name: string;
  /** Smallest and largest compliant value. */
  readonly range: readonly [min: number, max: number];
  readonly status: QualityStatus;
  /** 0 when undetermined. */
  readonly value: number;
}

export interface QualityDetailsGroup {
  readonly groupId: number;
  readonly name: string;
  readonly totalCount: number;
  readonly compliantCount: number;
}

export interface Quality {
  /** Names of those with status 0. */
  readonly nonCompliant: readonly string[];
  readonly detailsGroups: readonly QualityDetailsGroup[];
  readonly details: readonly QualityDetail[];
  /** Share of the compliant among those that could be assessed; −1 when none could. */
  readonly score: number;
  /** Seconds; read by 6.4 clients. */
  readonly timer: number;
  /** The same; read by 7.x clients. */
  readonly elapsedTime: number;
}

/** An interval of years, without a confidence. */
export interface AgeDetail {
  readonly name: 'Age';
  readonly value: readonly [from: number, to: number];
}

export interface AttributeDetail {
  readonly name: string;
  readonly value: string;
  /** 0..1. */
  readonly confidence: number;
}

export interface Attributes {
  readonly details: readonly (AgeDetail | AttributeDetail)[];
  /** Seconds. */
  readonly elapsedTime: number;
}

/** Of what was not asked. */
export type Nothing = Readonly<Record<string, never>>;
