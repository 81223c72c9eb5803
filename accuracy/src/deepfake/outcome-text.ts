import type { Injection } from '@facegate/engine/vocabulary';

/** A verdict in a word, and on how many signals it rests. */
export const outcomeText = ({ outcome, evidence }: Pick<Injection, 'outcome' | 'evidence'>): string =>
  `${outcome} on ${evidence.length} signals`;
