import { wilson } from '@facegate/measurement';
import type { Rate } from './share-by-subject.ts';

/** Share of independent trials, with Wilson's 95 % interval. */
export const countedShare = (counted: number, n: number): Rate => ({
  value: counted / n,
  n,
  ...wilson(counted, n),
});
