/** Head of every answer about a picture. */
export interface AnswerHead {
  readonly message: string;
  readonly status_code: 'SUCCESS' | 'FAIL';
  /** `FAIL_ON_1` to `FAIL_ON_16`; absent on success. */
  readonly error_code?: string;
  /** UUID of this answer. */
  readonly session_id: string;
  /** Seconds since 1970, with a fraction. */
  readonly timestamp: number;
}

/** What an answer tells of the face of a picture. */
export interface FaceFields {
  readonly nface: number;
  /** Whole degrees by which the picture must be turned clockwise to make the face upright. */
  readonly rotation: number;
  /** Whole pixels. */
  readonly bounding_box: {
    readonly top_left_x: number;
    readonly top_left_y: number;
    readonly bottom_right_x: number;
    readonly bottom_right_y: number;
    readonly width: number;
    readonly height: number;
  };
  /** Whole pixels; left and right as one sees them in the picture. */
  readonly face_landmark: {
    readonly left_eye_x: number;
    readonly left_eye_y: number;
    readonly right_eye_x: number;
    readonly right_eye_y: number;
    readonly nose_x: number;
    readonly nose_y: number;
    readonly mouth_left_x: number;
    readonly mouth_left_y: number;
    readonly mouth_right_x: number;
    readonly mouth_right_y: number;
  };
  readonly image_quality?: ImageQuality;
  readonly attributes?: Attributes;
  readonly liveness?: Liveness;
}

/** Null: could not be told of this picture. Scores 0..1, higher is worse. */
export interface ImageQuality {
  readonly blur: boolean | null;
  readonly blur_score: number | null;
  readonly dark: boolean | null;
  readonly dark_score: number | null;
  readonly grayscale: boolean | null;
}

/** Null: the model pack cannot tell. */
export interface Attributes {
  readonly sunglasses_on: boolean | null;
  readonly mask_on: boolean | null;
  readonly veil_on: boolean | null;
  readonly hat_on: boolean | null;
}

export interface Liveness {
  /** Null: undetermined. */
  readonly status: boolean | null;
  /** Of being live, percent. Null: the model pack has nothing to tell it by. */
  readonly probability: number | null;
}

/** Null without a score: not compared, since a validation failed. */
export interface SimilarityFields {
  readonly similarity_status: boolean | null;
  /** 0..100; 82 is the moderate threshold. */
  readonly similarity_score?: number;
}

export interface VerifyAnswer extends AnswerHead, SimilarityFields, FaceFields {
  readonly subject_id: string;
}

export interface EnrollAnswer extends AnswerHead, FaceFields {
  /** Null when none was given and a validation failed. */
  readonly subject_id: string | null;
}

export interface SearchAnswer extends AnswerHead, FaceFields {
  /** Best first. */
  readonly matches: readonly SearchMatch[];
}

export interface SearchMatch extends SimilarityFields {
  readonly subject_id: string;
  /** Base64 of the enrolled picture, when asked; null when it has gone since it was found. */
  readonly image?: string | null;
}

export interface CompareAnswer extends AnswerHead, SimilarityFields {
  readonly image_1: FaceFields;
  readonly image_2: FaceFields;
}

export interface LivenessAnswer extends AnswerHead, FaceFields {}

export interface DeepfakeAnswer extends AnswerHead, FaceFields {
  readonly deepfake: Deepfake;
}

export interface Deepfake {
  /** Whether the face was swapped, generated or edited. Null: undetermined. */
  readonly status: boolean | null;
  /** That it was, percent. */
  readonly probability: number | null;
}

export interface ErrorAnswer {
  readonly message: string;
  /** Absent with 401 alone. */
  readonly error_code?: string;
}
