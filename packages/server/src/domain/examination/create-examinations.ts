import { enrolSubject } from '../enrolment/enrol-subject.ts';
import type { EnrolmentParts } from '../enrolment/parts.ts';
import type { SearchParts } from '../identification/search-faces.ts';
import { searchSubjects } from '../identification/search-subjects.ts';
import type { Limits } from '../limits/limits.ts';
import { verifyPair } from '../verification/verify-pair.ts';
import { verifySubject } from '../verification/verify-subject.ts';
import type { Examinations } from './examination.ts';
import { examine } from './examine.ts';

export interface ExaminationParts extends EnrolmentParts, SearchParts {
  readonly limits: Pick<Limits, 'beginAttempt' | 'endAttempt'>;
}

/** The use cases of examined pictures, bound to what they need. */
export const createExaminations = (parts: ExaminationParts): Examinations => ({
  examine: (request, signal) => examine(parts.processor, { ...request, template: false }, signal),
  verifySubject: (account, input, signal) => verifySubject(parts, { account, input, signal }),
  verifyPair: (input, signal) => verifyPair(parts.processor, input, signal),
  enrolSubject: (account, input, signal) => enrolSubject(parts, { account, input, signal }),
  searchSubjects: (account, input, signal) => searchSubjects(parts, { account, input, signal }),
});
