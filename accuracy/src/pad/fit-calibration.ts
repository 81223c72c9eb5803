import { evidenceOf, type LogOdds, logOddsOf, type PadMeasurements, WEAK_LIMITS } from '@facegate/engine/pad';
import { PAD_SIGNALS, type PadSignal } from '@facegate/engine/vocabulary';
import { fitLogOdds } from '../metrics/logistic-regression.ts';

/** A picture of development data. */
export interface PadTrial {
  readonly measured: PadMeasurements;
  readonly isAttack: boolean;
  /** A photograph as it came: bona fide, and unlike all others not taken anew. Only networks may be fitted to it. */
  readonly isOriginal: boolean;
}

type Signals = Readonly<Record<PadSignal, LogOdds>>;

interface Fusion {
  readonly bias: number;
  readonly shares: Partial<Record<PadSignal, number>>;
}

/** Of simulated bona fide presentations called attacks, and of simulated attacks called bona fide. */
const ERRORS_ALLOWED = {
  withNetwork: { bonaFide: 0.05, attacks: 0.1 },
  // On real attacks its signals find little: nothing that they fail to find may vouch for a presentation.
  withoutNetwork: { bonaFide: 0.02, attacks: 0 },
};

/** A signal can only add to what it says itself, and not so much that it decides alone. */
const SHARE_BOUNDS = { low: 0, high: 1.25 };
/** Log-odds that the strongest weak signal leaves to the others. */
const LEFT_TO_OTHERS = 0.05;

const WEAK_SIGNALS = PAD_SIGNALS.filter((signal) => signal !== 'network');

/**
 * How every signal becomes a log-likelihood ratio, and how these add up with and without networks. The networks' counts
 * whole whatever simulated attacks say: they alone have learned from real ones.
 */
export function fitCalibration(trials: readonly PadTrial[]) {
  const fitted = PAD_SIGNALS.map((signal) => [signal, fitSignal(signal, trials)] as const);
  const signals = Object.fromEntries(fitted) as Signals;
  const simulated = trials.filter(({ isOriginal }) => !isOriginal);
  const weak = fitFusion({ signals, trials: simulated, hasNetwork: true });
  const withNetwork = { ...weak, shares: { network: 1, ...weak.shares } };
  const withoutNetwork = fitFusion({ signals, trials: simulated, hasNetwork: false });
  const thresholds = (fusion: Fusion, allowed: { bonaFide: number; attacks: number }) => ({
    ...fusion,
    ...thresholdsOf(simulated, { signals, fusion, allowed }),
  });
  return {
    signals,
    fusion: {
      withNetwork: thresholds(withNetwork, ERRORS_ALLOWED.withNetwork),
      withoutNetwork: thresholds(withoutNetwork, ERRORS_ALLOWED.withoutNetwork),
    },
  };
}

interface Deciding {
  readonly signals: Signals;
  readonly fusion: Fusion;
  readonly allowed: { readonly bonaFide: number; readonly attacks: number };
}

/** The log-odds that the wanted shares lie beyond; where no attack may pass, none is low enough (as JSON, null). */
function thresholdsOf(trials: readonly PadTrial[], { signals, fusion, allowed }: Deciding) {
  const oddsOf = (isAttack: boolean): number[] =>
    trials
      .filter((trial) => trial.isAttack === isAttack)
      .map(({ measured }) => logOddsOf(evidenceOf(measured, { signals }), fusion))
      .sort((a, b) => a - b);
  const [bonaFide, attacks] = [oddsOf(false), oddsOf(true)];
  return {
    attackFrom: Math.max(
      bonaFide[Math.floor((1 - allowed.bonaFide) * bonaFide.length)] ?? Number.POSITIVE_INFINITY,
      fusion.bias + SHARE_BOUNDS.high * WEAK_LIMITS.high + LEFT_TO_OTHERS,
    ),
    bonaFideUpTo:
      allowed.attacks > 0
        ? (attacks[Math.floor(allowed.attacks * attacks.length)] ?? Number.NEGATIVE_INFINITY)
        : Number.NEGATIVE_INFINITY,
  };
}

function fitSignal(signal: PadSignal, trials: readonly PadTrial[]): LogOdds {
  const measured = trials.flatMap(({ measured, isAttack, isOriginal }) => {
    const values = signal === 'network' || !isOriginal ? measured[signal] : undefined;
    return values ? [{ values, isPositive: isAttack }] : [];
  });
  return fitLogOdds(measured);
}

interface Fitting {
  readonly signals: Signals;
  readonly trials: readonly PadTrial[];
  readonly hasNetwork: boolean;
}

function fitFusion({ signals, trials, hasNetwork }: Fitting): Fusion {
  const fitted = fitLogOdds(
    trials.map(({ measured, isAttack }) => {
      const ratios = new Map(
        evidenceOf(measured, { signals }).map(({ signal, logLikelihoodRatio }) => [
          signal,
          logLikelihoodRatio,
        ]),
      );
      const offset = hasNetwork ? (ratios.get('network') ?? 0) : 0;
      return { values: WEAK_SIGNALS.map((signal) => ratios.get(signal) ?? 0), isPositive: isAttack, offset };
    }),
    { bounds: SHARE_BOUNDS },
  );
  const shares = WEAK_SIGNALS.map((signal, k) => [signal, fitted.weights[k] ?? 0] as const);
  return { bias: fitted.bias, shares: Object.fromEntries(shares) };
}
