import type { Injection } from '@facegate/engine/vocabulary';
import { areaUnderCurve } from '../metrics/area-under-curve.ts';
import { countedShare } from '../metrics/counted-share.ts';
import { exactAreaInterval } from '../metrics/exact-interval.ts';
import type { Figure } from '../suites/suite.ts';

/** The smallest probability that a server declines with, unless told otherwise: see docs/cases.md. */
const DECLINED_FROM = 0.95;

/** A picture or clip of few. */
export interface FewJudged {
  readonly id: string;
  readonly isManipulated: boolean;
  /** Undefined where no face is found. */
  readonly injection: Injection | undefined;
}

/** Each one by itself, and what can be said of so few together. `way`: how they were encoded. */
export function fewFigures(way: string, all: readonly FewJudged[]): Figure[] {
  return [...all.map((one) => singleFigure(way, one)), ...togetherFigures(way, all)];
}

function singleFigure(way: string, { id, isManipulated, injection }: FewJudged): Figure {
  const value = injection?.manipulationProbability ?? Number.NaN;
  const kind = isManipulated ? 'swapped' : 'genuine';
  const said = injection ? `${injection.outcome} on ${injection.evidence.length} signals` : 'no face found';
  return { metric: `${way}, ${id}, ${kind}: ${said}; probability`, value, n: 1, low: value, high: value };
}

function togetherFigures(way: string, all: readonly FewJudged[]): Figure[] {
  const found = all.flatMap(({ isManipulated, injection }) =>
    injection ? [{ isManipulated, ...injection }] : [],
  );
  const probabilities = (isWanted: boolean): number[] =>
    found.flatMap((one) => (one.isManipulated === isWanted ? [one.manipulationProbability] : []));
  const [genuine, manipulated] = [probabilities(false), probabilities(true)];
  const undetermined = found.filter(({ outcome }) => outcome === 'undetermined').length;
  const declined = (of: readonly number[]): number => of.filter((one) => one >= DECLINED_FROM).length;
  return [
    ...areaFigure(`${way}: AUC, exact`, genuine, manipulated),
    { metric: `${way}: judged undetermined`, ...countedShare(undetermined, found.length) },
    {
      metric: `${way}: genuine declined at ${DECLINED_FROM}`,
      ...countedShare(declined(genuine), genuine.length),
    },
    {
      metric: `${way}: swapped declined at ${DECLINED_FROM}`,
      ...countedShare(declined(manipulated), manipulated.length),
    },
  ];
}

function areaFigure(metric: string, genuine: readonly number[], manipulated: readonly number[]): Figure[] {
  if (genuine.length === 0 || manipulated.length === 0) return [];
  const value = areaUnderCurve(manipulated, genuine);
  const counts = { genuine: genuine.length, manipulated: manipulated.length };
  return [{ metric, value, n: counts.genuine + counts.manipulated, ...exactAreaInterval(value, counts) }];
}
