import type { Candidate, SearchedFace } from '../identification/identification.ts';
import type { CaseCandidate, CaseDecision } from './case.ts';
import { enrollerOf } from './enroller.ts';
import type { Look } from './look.ts';
import { FALSE_POSITIVE_IDENTIFICATION_RATE_MAX } from './policy.ts';

type IdentificationDecision = Extract<CaseDecision, { kind: 'identification' }>;

/** Accepts a picture that shows a face, whether or not somebody was found. */
export function judgeIdentification(look: Look, searched: SearchedFace | undefined): IdentificationDecision {
  if (look === 'unreadable') return { kind: 'identification', isAccepted: false, causes: ['unreadable'] };
  if (searched === undefined) return { kind: 'identification', isAccepted: false, causes: ['no-face'] };
  const candidate = foundIn(searched);
  return { kind: 'identification', isAccepted: true, causes: [], ...(candidate && { candidate }) };
}

/**
 * The best candidate, unless as many strangers as were searched would bring forth one as good too often: each of them is
 * another chance of a false match.
 */
function foundIn({ candidates: [best], searched }: SearchedFace): CaseCandidate | undefined {
  const reference = best?.references[0];
  if (best === undefined || reference === undefined) return undefined;
  const { comparisonScore, falseMatchRate } = reference;
  if (falseMatchRate * searched > FALSE_POSITIVE_IDENTIFICATION_RATE_MAX) return undefined;
  return { ...namesOf(best), comparisonScore, falseMatchRate };
}

function namesOf({ subject }: Candidate): Pick<CaseCandidate, 'subjectId' | 'reference' | 'clientReference'> {
  const reference = enrollerOf(subject);
  const { id: subjectId, externalId: clientReference } = subject;
  return {
    subjectId,
    ...(reference !== undefined && { reference }),
    ...(clientReference !== undefined && { clientReference }),
  };
}
