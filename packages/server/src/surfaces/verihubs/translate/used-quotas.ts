import type { Quota } from '../../../domain/accounts/account.ts';
import type { ExaminationRequest } from '../../../domain/examination/examination.ts';

/** What examining pictures uses, beside what the operation itself does. */
export const usedQuotas = ({ aspects }: Pick<ExaminationRequest, 'aspects'>): Quota[] =>
  aspects.includes('presentation-attack') ? ['liveness'] : [];
