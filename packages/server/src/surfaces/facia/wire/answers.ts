/** Around everything that succeeded. */
export interface Envelope<Data> {
  readonly status: true;
  readonly message: string;
  readonly result: { readonly data: Data };
}

export const envelope = <Data>(message: string, data: Data): Envelope<Data> => ({
  status: true,
  message,
  result: { data },
});

/** What is wrong with each field, in sentences. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export interface ErrorAnswer {
  readonly status: false;
  readonly message: string;
  readonly errors?: FieldErrors;
}

/** Both null until it is decided. */
export interface SimilarityFields {
  /** 0..1, more is more alike. */
  readonly similarity_score: number | null;
  /** 1 matched, 0 not matched. */
  readonly similarity_status: 0 | 1 | null;
}

/** Null without a decline; all three while nothing is decided. */
export interface DeclineFields {
  readonly decline_code: string | null;
  readonly decline_reason: string | null;
  readonly declined_proof: string | null;
}

interface ResultHead {
  readonly reference_id: string;
  readonly client_reference: string | null;
  /** 1 passed, 0 failed, null while nothing is decided. */
  readonly status: 0 | 1 | null;
}

export interface DeepfakeResult extends ResultHead, DeclineFields {
  readonly type: 'deepfake';
  /** Probability that the face was swapped, generated or edited, 0..1; null where there was none to judge. */
  readonly deepfake_score: number | null;
}

export interface FaceMatchResult extends ResultHead, SimilarityFields, DeclineFields {
  readonly type: 'photo_id_match';
}

/** All but the similarities are links, or null. */
export interface StatusData extends SimilarityFields {
  readonly reference_id: string;
  readonly type: 'deepfake' | 'photo_id_match';
  readonly status: 'ACCEPTED' | 'DECLINED' | 'PENDING';
  readonly quick_liveness_image: string | null;
  readonly video: string | null;
  readonly id_card_image: string | null;
  readonly video_frame_1: string | null;
  readonly video_frame_2: string | null;
  /** With a decline alone. */
  readonly decline_reason?: string | null;
  readonly decline_code?: string | null;
}
