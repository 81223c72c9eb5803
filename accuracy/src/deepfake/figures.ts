import {
  INJECTION_SIGNALS,
  type Injection,
  type InjectionEvidence,
  isNetworkSignal,
} from '@facegate/engine/vocabulary';
import { areaUnderCurve, type ScoredTrial } from '../metrics/auc.ts';
import { shareBySubject } from '../metrics/share-by-subject.ts';
import type { Figure } from '../suites/suite.ts';
import type { JudgedTrial } from './judge-trial.ts';
import { TRIVIAL } from './trivial-statistics.ts';

const OUTCOMES = ['genuine', 'undetermined', 'manipulated'] as const;

/** How one kind was judged: shares of the three outcomes. */
export const outcomeFigures = (label: string, trials: readonly JudgedTrial[]): Figure[] =>
  OUTCOMES.map((outcome) => ({
    metric: `${label}: judged ${outcome}`,
    ...shareBySubject(trials, ({ injection }) => injection.outcome === outcome),
  }));

/** Everything about the kinds in a set, against its own genuine pictures. */
export function figuresOf(judged: readonly JudgedTrial[]): Figure[] {
  const of = (kind: string): JudgedTrial[] => judged.filter((trial) => trial.kind === kind);
  const genuine = of('genuine');
  const kinds = [...new Set(judged.map(({ kind }) => kind))].filter((kind) => kind !== 'genuine');
  return [
    ...outcomeFigures('genuine', genuine),
    ...kinds.flatMap((kind) => [
      ...outcomeFigures(kind, of(kind)),
      ...separationFigures(kind, [...genuine, ...of(kind)]),
    ]),
  ];
}

/** AUC of one kind against the genuine pictures: of the whole, of every signal, and of what knows nothing. */
function separationFigures(kind: string, trials: readonly JudgedTrial[]): Figure[] {
  const area = (name: string, score: (trial: JudgedTrial) => number | undefined): Figure[] => {
    const scored = trials.flatMap((trial): ScoredTrial[] => {
      const value = score(trial);
      return value === undefined
        ? []
        : [{ subject: trial.subject, score: value, isPositive: trial.kind === kind }];
    });
    return scored.length === 0 ? [] : [{ metric: `${kind}: AUC, ${name}`, ...areaUnderCurve(scored) }];
  };
  return [
    ...area('all signals', ({ injection }) => injection.manipulationProbability),
    ...signalsIn(trials).flatMap((signal) => area(signal, ({ injection }) => scoreOf(signal, injection))),
    ...TRIVIAL.flatMap((name) => area(`${name} alone`, ({ trivial }) => trivial[name])),
  ];
}

type Signal = InjectionEvidence['signal'];

/** Our own, and the pack's networks. */
function signalsIn(trials: readonly JudgedTrial[]): Signal[] {
  const found = trials.flatMap(({ injection }) => injection.evidence.map(({ signal }) => signal));
  return [...INJECTION_SIGNALS, ...new Set(found.filter(isNetworkSignal))];
}

/** Of a network what it says itself, calibrated or not. */
function scoreOf(signal: Signal, { evidence }: Injection): number | undefined {
  const found = evidence.find((one) => one.signal === signal);
  return found?.networkLogOdds ?? found?.logLikelihoodRatio;
}
