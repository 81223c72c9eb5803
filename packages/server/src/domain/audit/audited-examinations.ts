import type {
  Examinations,
  Examined,
  SubjectEnrolment,
  SubjectSearch,
  SubjectVerification,
} from '../examination/examination.ts';
import type { AuditEntry } from './audit.ts';
import type { Deed, Scribe } from './scribe.ts';

/** The same use cases; decisions and searches are noted, and who was enrolled is recorded before it is answered. */
export const auditedExaminations = (examinations: Examinations, scribe: Scribe): Examinations => ({
  examine: async (request, signal) => {
    const examined = await examinations.examine(request, signal);
    const details = examined.outcome === 'examined' ? findingsOf(examined) : {};
    scribe.note({ action: 'face.assess', outcome: examined.outcome, details });
    return examined;
  },
  verifySubject: async (account, input, signal) => {
    const verification = await examinations.verifySubject(account, input, signal);
    const { falseMatchRateMax } = input;
    scribe.note({ account, action: 'face.verify', ...told(verification, { falseMatchRateMax }) });
    return verification;
  },
  verifyPair: async (input, signal) => {
    const verification = await examinations.verifyPair(input, signal);
    const details = { images: 2, falseMatchRateMax: input.falseMatchRateMax };
    scribe.note({ action: 'face.verify', outcome: verification.outcome, details });
    return verification;
  },
  enrolSubject: (account, input, signal) =>
    scribe.doing(
      () => examinations.enrolSubject(account, input, signal),
      (enrolment) => ({ account, action: 'subject.enrol', ...told(enrolment) }),
      { account, action: 'subject.enrol', outcome: 'failed' },
    ),
  searchSubjects: async (account, input, signal) => {
    const search = await examinations.searchSubjects(account, input, signal);
    scribe.note({ account, action: 'face.search', ...toldOfSearch(search) });
    return search;
  },
});

type Told = Pick<Deed, 'outcome' | 'subjects' | 'details'>;

function told(result: SubjectVerification | SubjectEnrolment, more: AuditEntry['details'] = {}): Told {
  const { outcome } = result;
  if (outcome === 'failure-to-acquire') return { outcome };
  const subjects = 'subjectId' in result ? [result.subjectId] : [];
  return { outcome, subjects, details: { ...findingsOf(result.examined), ...more } };
}

function toldOfSearch(search: SubjectSearch): Told {
  if (search.outcome === 'failure-to-acquire') return { outcome: search.outcome };
  const details = findingsOf(search.examined);
  if (search.outcome === 'refused') return { outcome: search.outcome, details };
  const subjects = search.candidates.map(({ subject }) => subject.id);
  return { outcome: subjects.length > 0 ? 'candidates' : 'no-candidate', subjects, details };
}

/** What an examination came to; no measure of the face. */
const findingsOf = ({
  failed,
  faceCount,
  presentationAttack,
  injection,
}: Examined): AuditEntry['details'] => ({
  faces: faceCount,
  ...(failed.length > 0 && { failed: failed.join(' ') }),
  ...(presentationAttack && { presentationAttack: presentationAttack.outcome }),
  ...(injection && { injection: injection.outcome }),
});
