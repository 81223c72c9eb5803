import type { InjectionEvidence } from '@facegate/engine/vocabulary';
import { expect, it } from 'vitest';
import { figuresOf } from './figures.ts';
import type { JudgedTrial } from './judge-trial.ts';

const trial = (subject: string, kind: JudgedTrial['kind'], evidence: InjectionEvidence[]): JudgedTrial => ({
  subject,
  kind,
  injection: { outcome: 'undetermined', manipulationProbability: 0.5, evidence },
  trivial: { brightness: 0, saturation: 0, 'red ÷ blue': 0, sharpness: 0 },
});

const said = (networkLogOdds: number): InjectionEvidence => ({
  signal: 'network:one',
  logLikelihoodRatio: 0,
  networkLogOdds,
});

it('a network of the pack has a row of its own, by what it says itself where it is not calibrated', () => {
  const judged = [
    trial('a', 'genuine', [said(-2)]),
    trial('b', 'genuine', [said(1)]),
    trial('a', 'swap', [said(2)]),
    trial('b', 'swap', [said(0)]),
  ];
  expect(figuresOf(judged).find(({ metric }) => metric === 'swap: AUC, network:one')).toMatchObject({
    value: 0.75,
    n: 4,
  });
});

it('without networks there are no rows for any', () => {
  const judged = [trial('a', 'genuine', []), trial('b', 'swap', [])];
  expect(figuresOf(judged).filter(({ metric }) => metric.includes('network'))).toEqual([]);
});
