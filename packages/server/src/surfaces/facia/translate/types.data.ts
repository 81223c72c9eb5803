import type { CaseKind } from '../../../domain/cases/case.ts';
import type { TransactionType } from '../wire/answers.ts';

/** What /status and /result call each kind of transaction. */
export const TYPES = {
  injection: 'deepfake',
  verification: 'photo_id_match',
  identification: 'face_search',
  'age-estimation': 'age_estimation',
  enrolment: 'enroll_face',
} as const satisfies Record<CaseKind, TransactionType>;
