/**
 * `node --import tsx --conditions=@facegate/source training/injection/fit.ts`: fits signals and fusion to
 * `out/readings.json`, prints how they do on pictures and manipulations that a fit has not seen, and writes
 * `packages/engine/src/injection/weights.data.ts`. Deterministic.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { areaUnderCurve, type ScoredTrial } from '../../accuracy/src/metrics/auc.ts';
import type { FusionFit } from '../../packages/engine/src/injection/fusion.ts';
import type { PixelSignal } from '../../packages/engine/src/injection/read-signals.ts';
import {
  crossFitted,
  fitFusion,
  fitSignals,
  logOddsOf,
  ratiosOf,
  rounded,
  type SignalFits,
} from './fit-signals.ts';
import type { ReadTrial } from './read-trial.ts';

const SIGNALS: readonly PixelSignal[] = [
  'spectrum',
  'noise-residual',
  'jpeg-grid',
  'double-compression',
  'colour',
  'blending-boundary',
];

/** Shares of development pictures that may fall on the wrong side: genuine ones, and those of the worst manipulation. */
const FALSE_ALARMS = 0.025;
const MISSES = 0.1;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const all = JSON.parse(readFileSync(here('./out/readings.json'), 'utf8')) as ReadTrial[];
const lfw = all.filter(({ set }) => set === 'lfw');
const generated = all.filter(({ set }) => set === 'generated');
const kinds = [...new Set(lfw.map(({ kind }) => kind))].filter((kind) => kind !== 'genuine');

const judged = crossFitted(lfw, SIGNALS);
const weights = fitFusion(judged, SIGNALS);
const fits = fitSignals(lfw, SIGNALS);
/** The fit has seen nothing like them; only the bars between which nothing is said mind them. */
const strangers = generated.map((trial) => ({ trial, ratios: ratiosOf(trial, fits) }));
const thresholds = chooseThresholds();
reportSignals();
reportLeftOut();
reportOutcomes();
writeWeights(fits, { weights, ...thresholds });

type Judged = typeof judged;

function scoresOf(
  trials: Judged,
  kind: string,
  score: (ratios: Judged[number]['ratios']) => number | undefined,
): number[] {
  return trials.flatMap(({ trial, ratios }) => (trial.kind === kind ? (score(ratios) ?? []) : []));
}

/** Logits of a kind, ascending. */
function fusedOf(trials: Judged, kind: string): number[] {
  return scoresOf(trials, kind, (ratios) => logOddsOf(ratios, weights)).sort((a, b) => a - b);
}

/** The stricter of what LFW and what the larger photographs ask for; and of what each manipulation does. */
function chooseThresholds() {
  const high = Math.max(
    quantile(fusedOf(judged, 'genuine'), 1 - FALSE_ALARMS),
    quantile(fusedOf(strangers, 'genuine'), 1 - FALSE_ALARMS),
  );
  const low = Math.min(
    quantile(fusedOf(strangers, 'stylegan3'), MISSES),
    ...kinds.map((kind) => quantile(fusedOf(judged, kind), MISSES)),
  );
  const logistic = (logOdds: number): number => rounded(1 / (1 + Math.exp(-logOdds)));
  return { genuineMax: logistic(low), manipulatedMin: logistic(high) };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

/** AUC of each signal and of the fusion, by kind, on subjects that the fit has not seen. */
function reportSignals(): void {
  for (const signal of [...SIGNALS, 'fused'] as const) {
    const score = (ratios: Judged[number]['ratios']) =>
      signal === 'fused' ? logOddsOf(ratios, weights) : ratios[signal];
    const cells = kinds.map((kind) => `${kind} ${auc(judged, kind, score)}`);
    console.log([signal, ...cells, `stylegan3 ${auc(strangers, 'stylegan3', score)}`].join('  '));
  }
}

function auc(trials: Judged, kind: string, score: (ratios: Judged[number]['ratios']) => number | undefined) {
  const scored = trials.flatMap(({ trial, ratios }): ScoredTrial[] => {
    const value = score(ratios);
    if (value === undefined || (trial.kind !== kind && trial.kind !== 'genuine')) return [];
    return [{ subject: trial.subject, score: value, isPositive: trial.kind === kind }];
  });
  const { value, low, high } = areaUnderCurve(scored);
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

/** Each manipulation by a fit, fusion included, that has never seen it. */
function reportLeftOut(): void {
  for (const kind of kinds) {
    const leftOut = crossFitted(lfw, SIGNALS, { without: kind });
    const known = leftOut.filter(({ trial }) => trial.kind !== kind);
    const without = fitFusion(known, SIGNALS);
    const score = (ratios: Judged[number]['ratios']) => logOddsOf(ratios, without);
    console.log(`left out: ${kind} ${auc(leftOut, kind, score)}`);
  }
  console.log(
    `n genuine ${lfw.filter(({ kind }) => kind === 'genuine').length}, each kind ${kinds.map((kind) => lfw.filter((trial) => trial.kind === kind).length)}, generated ${generated.length}`,
  );
  console.log(thresholds, weights);
}

/** Shares of each kind above the one bar and below the other. */
function reportOutcomes(): void {
  const sets = [
    { trials: judged, names: ['genuine', ...kinds] },
    { trials: strangers, names: ['genuine', 'stylegan3'] },
  ];
  for (const { trials, names } of sets) {
    for (const name of names) {
      const probabilities = fusedOf(trials, name).map((logOdds) => 1 / (1 + Math.exp(-logOdds)));
      const share = (isSo: (probability: number) => boolean): string =>
        `${((100 * probabilities.filter(isSo).length) / probabilities.length).toFixed(1)} %`;
      const manipulated = share((probability) => probability >= thresholds.manipulatedMin);
      const genuine = share((probability) => probability <= thresholds.genuineMax);
      console.log(`${name} (n = ${probabilities.length}): manipulated ${manipulated}, genuine ${genuine}`);
    }
  }
}

function writeWeights(signalFits: SignalFits, fusion: FusionFit): void {
  const text = `import type { SignalFit } from './calibration.ts';
import type { FusionFit } from './fusion.ts';
import type { PixelSignal } from './read-signals.ts';

/** Written by training/injection/fit.ts. Development data: the training list of LFW View 1. */
export const SIGNAL_FITS: Readonly<Record<PixelSignal, SignalFit>> = ${JSON.stringify(signalFits)};

export const FUSION_FIT: FusionFit = ${JSON.stringify(fusion)};
`;
  writeFileSync(here('../../packages/engine/src/injection/weights.data.ts'), text);
}
