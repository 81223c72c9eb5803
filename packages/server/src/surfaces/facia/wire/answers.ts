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

/** What /result tells: a head, what was found, and why it was declined. */
export type Result = ResultHead & Findings & DeclineFields;

/** The vendor names none for enrolments: ours. */
export type TransactionType =
  | 'deepfake'
  | 'photo_id_match'
  | 'face_search'
  | 'age_estimation'
  | 'enroll_face';

interface ResultHead {
  readonly type: TransactionType;
  readonly reference_id: string;
  readonly client_reference: string | null;
  /** 1 passed, 0 failed, null while nothing is decided. */
  readonly status: 0 | 1 | null;
}

export interface DeepfakeFields {
  /** Probability that the face was swapped, generated or edited, 0..1; null where there was none to judge. */
  readonly deepfake_score: number | null;
}

/** Of who was found by a search, null where nobody was: the transaction that enrolled them, and its client's name for it. */
export interface FoundFields {
  readonly matched_reference_id: string | null;
  readonly matched_client_reference: string | null;
}

export interface AgeFields {
  /** Whole years; null where no face was found. */
  readonly estimated_age: number | null;
}

/** All of its kind; an enrolment has none. */
export type Findings = Partial<DeepfakeFields & SimilarityFields & FoundFields & AgeFields>;

/** All but the similarities are links, or null. */
export interface StatusData extends SimilarityFields {
  readonly reference_id: string;
  readonly type: TransactionType;
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
