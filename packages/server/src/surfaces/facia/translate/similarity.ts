import { type FalseMatchRate, interpolate } from '@facegate/engine/vocabulary';
import type { CaseDecision } from '../../../domain/cases/case.ts';
import type { SimilarityFields } from '../wire/answers.ts';

/** Orders of magnitude of the false match rate → similarity score. The vendor publishes no scale: ours. */
const SCORE_BY_RARITY = [
  { x: 0, y: 0 },
  { x: 3, y: 0.75 },
  { x: 5, y: 0.88 },
  { x: 12, y: 1 },
];

/** 0..1, monotone, and the same with every pack. */
const similarityScore = (rate: FalseMatchRate): number => interpolate(SCORE_BY_RARITY, -Math.log10(rate));

const UNTOLD: SimilarityFields = { similarity_score: null, similarity_status: null };

/** Of a comparison or search that was made; else nulls. */
export function similarityFields(decision: CaseDecision | undefined): SimilarityFields {
  if (decision?.kind === 'identification' && decision.isAccepted) return ofSearch(decision.candidate);
  if (decision?.kind !== 'verification' || decision.comparison === undefined) return UNTOLD;
  return {
    similarity_score: similarityScore(decision.comparison.falseMatchRate),
    similarity_status: decision.causes.includes('not-matched') ? 0 : 1,
  };
}

/** Where nobody was found there is nobody to be similar to. */
const ofSearch = (candidate: { readonly falseMatchRate: FalseMatchRate } | undefined): SimilarityFields =>
  candidate === undefined
    ? { similarity_score: null, similarity_status: 0 }
    : { similarity_score: similarityScore(candidate.falseMatchRate), similarity_status: 1 };
