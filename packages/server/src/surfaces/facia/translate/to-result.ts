import type { Case, CaseDecision } from '../../../domain/cases/case.ts';
import type { Links } from '../links.ts';
import type { DeclineFields, DeepfakeResult, FaceMatchResult } from '../wire/answers.ts';
import { DECLINES } from '../wire/decline-codes.data.ts';
import { similarityFields } from './similarity.ts';

/** What /result tells. Nulls are what is not decided yet. */
export async function toResult(asked: Case, links: Links): Promise<DeepfakeResult | FaceMatchResult> {
  const { reference, clientReference = null, kind, decision } = asked;
  const head = { reference_id: reference, client_reference: clientReference, status: statusOf(asked) };
  const declined = await declineFields(asked, links);
  return kind === 'injection'
    ? { type: 'deepfake', ...head, deepfake_score: scoreOf(decision), ...declined }
    : { type: 'photo_id_match', ...head, ...similarityFields(decision), ...declined };
}

/** An examination that failed passes nothing, and gives no reason either: nothing was found out. */
function statusOf({ state, decision }: Case): 0 | 1 | null {
  if (decision !== undefined) return decision.isAccepted ? 1 : 0;
  return state === 'failed' ? 0 : null;
}

const scoreOf = (decision: CaseDecision | undefined): number | null =>
  (decision?.kind === 'injection' ? decision.manipulationProbability : undefined) ?? null;

/** The first cause counts. */
export const declineOf = ({ decision }: Case) => {
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
