import type { Case, CaseDecision, CaseKind } from '../../../domain/cases/case.ts';
import type { Links } from '../links.ts';
import type {
  AgeFields,
  DeclineFields,
  DeepfakeFields,
  Findings,
  FoundFields,
  Result,
} from '../wire/answers.ts';
import { DECLINES } from '../wire/decline-codes.data.ts';
import { similarityFields } from './similarity.ts';
import { TYPES } from './types.data.ts';

/** What /result tells. Nulls are what is not decided yet. */
export async function toResult(asked: Case, links: Links): Promise<Result> {
  const { reference, clientReference = null, kind, decision } = asked;
  return {
    type: TYPES[kind],
    reference_id: reference,
    client_reference: clientReference,
    status: statusOf(asked),
    ...FINDINGS[kind](decision),
    ...(await declineFields(asked, links)),
  };
}

type Decision = CaseDecision | undefined;

/** What each kind of transaction tells of its own. */
const FINDINGS: Readonly<Record<CaseKind, (decision: Decision) => Findings>> = {
  injection: deepfakeFields,
  verification: similarityFields,
  identification: (decision) => ({ ...similarityFields(decision), ...foundFields(decision) }),
  'age-estimation': ageFields,
  enrolment: () => ({}),
};

/** An examination that failed passes nothing, and gives no reason either: nothing was found out. */
function statusOf({ state, decision }: Case): 0 | 1 | null {
  if (decision !== undefined) return decision.isAccepted ? 1 : 0;
  return state === 'failed' ? 0 : null;
}

function deepfakeFields(decision: Decision): DeepfakeFields {
  const score = decision?.kind === 'injection' ? decision.manipulationProbability : undefined;
  return { deepfake_score: score ?? null };
}

function foundFields(decision: Decision): FoundFields {
  const candidate = decision?.kind === 'identification' ? decision.candidate : undefined;
  return {
    matched_reference_id: candidate?.reference ?? null,
    matched_client_reference: candidate?.clientReference ?? null,
  };
}

function ageFields(decision: Decision): AgeFields {
  const ageYears = decision?.kind === 'age-estimation' ? decision.ageYears : undefined;
  return { estimated_age: ageYears === undefined ? null : Math.round(ageYears) };
}

/** The first cause counts. */
export const declineOf = ({ decision }: Pick<Case, 'decision'>) => {
  const cause = decision?.isAccepted === false ? decision.causes[0] : undefined;
  return cause === undefined ? undefined : DECLINES[cause];
};

async function declineFields(asked: Case, links: Links): Promise<DeclineFields> {
  const decline = declineOf(asked);
  if (decline === undefined) return { decline_code: null, decline_reason: null, declined_proof: null };
  return {
    decline_code: decline.code,
    decline_reason: decline.reason,
    declined_proof: await links.image('worst-frame', 'probe'),
  };
}
