/** The bodies of answers, key by key as the 6.4 OpenAPI and recorded answers have them. */

import type { Attributes, Nothing, Quality } from './assessment.ts';
import type { Face } from './face.ts';
import type { Image, Person, RecognizedPerson, SearchPerson } from './people.ts';

export interface Outcome {
  /** FaceSDKResultCode. */
  readonly code: number;
  /** The same as `code`, as recorded servers send it. */
  readonly ErrorCode: number;
  /** The code's name. */
  readonly msg: string;
}

/** Free-form for the vendor; the first two keys are in recorded answers, `reason` is ours. */
export interface AnswerMetadata {
  readonly serverTime: string;
  readonly ctx: { readonly userIp: string };
  /** In English, why `code` is not 0. */
  readonly reason?: string;
}

interface MatchFace extends Face {
  readonly faceIndex: number;
}

export interface MatchDetection {
  readonly imageIndex: number;
  readonly status: number;
  readonly faces: readonly MatchFace[];
}

export interface MatchResult {
  readonly firstIndex: number;
  readonly firstFaceIndex: number;
  readonly first: number;
  readonly secondIndex: number;
  readonly secondFaceIndex: number;
  readonly second: number;
  /** Dissimilarity: 0 = identical. */
  readonly score: number;
  /** 0..1. */
  readonly similarity: number;
}

export interface MatchAnswer extends Outcome {
  readonly detections: readonly MatchDetection[];
  readonly results: readonly MatchResult[];
  /** Seconds. */
  readonly elapsedTime: number;
  /** Names what made the templates: similarities of different descriptors are comparable, their errors are not. */
  readonly versionDescriptor: string;
  readonly versionSDK: string;
  readonly metadata: AnswerMetadata;
}

export interface MatchAndSearchDetection extends MatchDetection {
  readonly faces: readonly (MatchFace & { readonly persons: readonly RecognizedPerson[] })[];
}

export interface MatchAndSearchAnswer extends MatchAnswer {
  readonly detections: readonly MatchAndSearchDetection[];
  /** Milliseconds, here alone. */
  readonly elapsedTime: number;
}

/** What a 201 tells of the new person and a 200 leaves null. */
type NewPersonFields = Pick<Person, 'id' | 'createdAt' | 'updatedAt' | 'groups' | 'name' | 'metadata'>;

export interface SearchAnswer extends Outcome, Readonly<Record<keyof NewPersonFields, null>> {
  readonly persons: readonly SearchPerson[];
  /** Ours, where something was searched: how many references were compared in full precision to be certain. */
  readonly debug?: { readonly reranked: number };
}

/** 201: nobody was found and a person was made. */
export interface SearchCreatedAnswer extends Outcome, Person {
  readonly persons: readonly [];
  /** The picture that was searched for. */
  readonly images: readonly [Image];
}

export interface Detection extends Face {
  /** Empty, as `quality` is, when not asked. */
  readonly attributes: Attributes | Nothing;
  readonly quality: Quality | Nothing;
}

export interface DetectAnswer extends Outcome {
  readonly results: {
    readonly detections: readonly Detection[];
    readonly detectorType: number;
    readonly landmarksType: number;
    readonly scenario: string;
    /** Seconds; read by 6.4 clients. */
    readonly timer: number;
    /** The same; read by 7.x clients. */
    readonly elapsedTime: number;
  };
  /** Seconds. */
  readonly detectionTime: number;
  readonly elapsedTime: number;
  readonly versionSDK: string;
  readonly metadata: AnswerMetadata;
}

/** Of identification and of addresses that do not exist. */
export interface OperationLog {
  readonly statusCode: number;
  readonly type: string;
  readonly msg: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface DeviceInfo {
  readonly app: string;
  readonly licenseId: null;
  readonly licenseSerial: null;
  readonly licenseValidUntil: null;
  readonly version: string | null;
}
