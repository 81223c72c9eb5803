import type { Check, Verdict } from '../../../domain/examination/examination.ts';
import type { SimilarityFields } from '../wire/answers.ts';
import { FAIL_ON_SIMILARITY, failOn } from './fail-on.ts';
import { similarityScore } from './similarity.ts';

/** A comparison that was made, or that failed validations kept from being made. */
type Comparison = Pick<Verdict, 'outcome' | 'falseMatchRate'> | { readonly outcome: 'refused' };

export const similarityFields = (comparison: Comparison): SimilarityFields =>
  comparison.outcome === 'refused'
    ? { similarity_status: null }
    : {
        similarity_status: comparison.outcome === 'match',
        similarity_score: similarityScore(comparison.falseMatchRate),
      };

/** The vendor's number, 0 to 16. @param failed  validations, of both pictures where there are two. */
export const failOnComparison = ({ outcome }: Comparison, failed: readonly Check[]): number =>
  outcome === 'non-match' ? FAIL_ON_SIMILARITY : failOn(failed);
