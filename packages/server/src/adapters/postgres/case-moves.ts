import { CASE_MOVES, CASE_STATES, type CaseState } from '../../domain/cases/case.ts';

/** States from which a case may come to be in this one. */
export const mayBecome = (state: CaseState): CaseState[] =>
  CASE_STATES.filter((from) => CASE_MOVES[from].includes(state));
