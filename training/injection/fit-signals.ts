import { createHash } from 'node:crypto';
import {
  logLikelihoodRatio,
  type SignalFit,
  termsOf,
} from '../../packages/engine/src/injection/calibration.ts';
import type { FusionFit } from '../../packages/engine/src/injection/fusion.ts';
import type { PixelSignal } from '../../packages/engine/src/injection/read-signals.ts';
import type { ReadTrial } from './read-trial.ts';
import { fitRidgeLogistic } from './ridge-logistic.ts';

export type SignalFits = Partial<Record<PixelSignal, SignalFit>>;
export type LogRatios = Partial<Record<PixelSignal, number>>;

const RIDGE = 30;
const FOLDS = 5;

const isManipulated = ({ kind }: ReadTrial): boolean => kind !== 'genuine';

/** One regression per signal, over the pictures that it could read. */
export function fitSignals(trials: readonly ReadTrial[], signals: readonly PixelSignal[]): SignalFits {
  return Object.fromEntries(signals.map((signal) => [signal, fitSignal(trials, signal)]));
}

function fitSignal(trials: readonly ReadTrial[], signal: PixelSignal): SignalFit {
  const read = trials.flatMap((trial) => {
    const reading = trial.readings[signal];
    return reading ? [{ reading, isManipulated: isManipulated(trial) }] : [];
  });
  const scale = scaleOf(read.map(({ reading }) => reading));
  const rows = read.map(({ reading, isManipulated }) => ({
    terms: [...termsOf(reading, scale), 1],
    isManipulated,
  }));
  const weights = fitRidgeLogistic(rows, { ridge: RIDGE, isBiasFree: true }).map(rounded);
  const size = scale.means.length;
  return {
    ...scale,
    slopes: weights.slice(0, size),
    curvatures: weights.slice(size, 2 * size),
    bias: weights[2 * size] ?? 0,
  };
}

function scaleOf(readings: readonly (readonly number[])[]) {
  const [first = []] = readings;
  const means = first.map(
    (_, i) => readings.reduce((sum, reading) => sum + reading[i]!, 0) / readings.length,
  );
  const deviations = means.map((mean, i) =>
    Math.sqrt(readings.reduce((sum, reading) => sum + (reading[i]! - mean) ** 2, 0) / readings.length),
  );
  return { means: means.map(rounded), deviations: deviations.map((value) => rounded(Math.max(1e-3, value))) };
}

export const rounded = (value: number): number => Number(value.toPrecision(5));

export const ratiosOf = ({ readings }: ReadTrial, fits: SignalFits): LogRatios =>
  Object.fromEntries(
    Object.entries(fits).flatMap(([signal, fit]) => {
      const reading = readings[signal as PixelSignal];
      return reading ? [[signal, logLikelihoodRatio(reading, fit)]] : [];
    }),
  );

/** Weights of the signals in the sum, from ratios that a fit without the same subjects gave. */
export function fitFusion(
  judged: readonly { readonly trial: ReadTrial; readonly ratios: LogRatios }[],
  signals: readonly PixelSignal[],
): FusionFit['weights'] {
  const rows = judged.map(({ trial, ratios }) => ({
    terms: signals.map((signal) => ratios[signal] ?? 0),
    isManipulated: isManipulated(trial),
  }));
  const found = fitRidgeLogistic(rows, { ridge: 1, isBiasFree: false });
  return Object.fromEntries(signals.map((signal, i) => [signal, rounded(Math.max(0, found[i] ?? 0))]));
}

export const logOddsOf = (ratios: LogRatios, weights: FusionFit['weights']): number =>
  Object.entries(ratios).reduce(
    (sum, [signal, ratio]) => sum + (weights[signal as PixelSignal] ?? 0) * ratio,
    0,
  );

/** Ratios of every trial by a fit that has seen neither its subject nor, where one is named, its kind. */
export function crossFitted(
  trials: readonly ReadTrial[],
  signals: readonly PixelSignal[],
  { without }: { readonly without?: string } = {},
): { readonly trial: ReadTrial; readonly ratios: LogRatios }[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const seen = trials.filter(({ subject, kind }) => foldOf(subject) !== fold && kind !== without);
    const fits = fitSignals(seen, signals);
    return trials
      .filter(({ subject }) => foldOf(subject) === fold)
      .map((trial) => ({ trial, ratios: ratiosOf(trial, fits) }));
  });
}

const foldOf = (subject: string): number =>
  createHash('sha256').update(subject).digest().readUInt32LE() % FOLDS;
