/** The bodies of answers, key by key as the 6.4 OpenAPI and recorded answers have them. */

/** `[x, y]`, whole pixels of the picture as sent. */
export type WirePoint = readonly [x: number, y: number];
/** `[x, y, width, height]`, whole pixels. */
export type WireBox = readonly [x: number, y: number, width: number, height: number];

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

export interface Face {
  /** Image-left eye, image-right eye, nose, image-left and image-right corner of the mouth. */
  readonly landmarks: readonly WirePoint[];
  readonly roi: WireBox;
  /** Degrees from vertical, positive counter-clockwise on screen. */
  readonly rotationAngle: number;
  /** Base64 JPEG. */
  readonly crop?: string;
  /** Where the crop lies in the picture: the upright box around it. */
  readonly originalRect?: WireBox;
  /** Base64 JPEG. */
  readonly thumbnail?: string;
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

export interface Detection extends Face {
  readonly attributes: Readonly<Record<string, never>>;
  readonly quality: Readonly<Record<string, never>>;
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
