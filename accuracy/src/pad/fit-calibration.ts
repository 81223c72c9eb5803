import { evidenceOf, type LogOdds, logOddsOf, type PadMeasurements, WEAK_LIMITS } from '@facegate/engine/pad';
import { PAD_SIGNALS, type PadEvidence, type PadSignal } from '@facegate/engine/vocabulary';
import { fitLogOdds } from '../metrics/logistic-regression.ts';

/** A picture of development data. */
export interface PadTrial {
  readonly subject: string;
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

/** Of signals, some of which measure twenty values of a few hundred subjects. */
const RIDGE = 0.03;
/** Subjects are dealt out to so many parts. */
const PARTS = 5;

/**
 * How every signal becomes a log-likelihood ratio, and how these add up with and without networks. The networks' counts
 * whole whatever simulated attacks say: they alone have learned from real ones.
 *
 * How much a signal counts and where the thresholds lie is read from ratios that were fitted to other subjects, or what a
 * signal knows by heart would count as evidence.
 */
export function fitCalibration(trials: readonly PadTrial[]) {
  const judged = judgeByOthers(trials);
  const withNetwork = fitFusion(judged, { hasNetwork: true });
  const withoutNetwork = fitFusion(judged, { hasNetwork: false });
  return {
    signals: fitSignals(trials),
    fusion: {
      withNetwork: { ...withNetwork, ...thresholdsOf(judged, withNetwork, ERRORS_ALLOWED.withNetwork) },
      withoutNetwork: {
        ...withoutNetwork,
        ...thresholdsOf(judged, withoutNetwork, ERRORS_ALLOWED.withoutNetwork),
      },
    },
  };
}

interface JudgedTrial {
  readonly evidence: readonly PadEvidence[];
  readonly isAttack: boolean;
}

/** The evidence of every simulated picture, by signals fitted without its subject. */
function judgeByOthers(trials: readonly PadTrial[]): JudgedTrial[] {
  const subjects = [...new Set(trials.map(({ subject }) => subject))];
  const partOf = new Map(subjects.map((subject, index) => [subject, index % PARTS]));
  return Array.from({ length: PARTS }, (_, part) => {
    const isOwn = ({ subject }: PadTrial): boolean => partOf.get(subject) === part;
    const signals = fitSignals(trials.filter((trial) => !isOwn(trial)));
    return trials
      .filter((trial) => isOwn(trial) && !trial.isOriginal)
      .map(({ measured, isAttack }) => ({ evidence: evidenceOf(measured, { signals }), isAttack }));
  }).flat();
}

const fitSignals = (trials: readonly PadTrial[]): Signals =>
  Object.fromEntries(PAD_SIGNALS.map((signal) => [signal, fitSignal(signal, trials)])) as Signals;

function fitSignal(signal: PadSignal, trials: readonly PadTrial[]): LogOdds {
  const measured = trials.flatMap(({ measured, isAttack, isOriginal }) => {
    const values = signal === 'network' || !isOriginal ? measured[signal] : undefined;
    return values ? [{ values, isPositive: isAttack }] : [];
  });
  return fitLogOdds(measured, { ridge: RIDGE });
}

function fitFusion(judged: readonly JudgedTrial[], { hasNetwork }: { readonly hasNetwork: boolean }): Fusion {
  const fitted = fitLogOdds(
    judged.map(({ evidence, isAttack }) => {
      const ratios = new Map(evidence.map(({ signal, logLikelihoodRatio }) => [signal, logLikelihoodRatio]));
      const offset = hasNetwork ? (ratios.get('network') ?? 0) : 0;
      return { values: WEAK_SIGNALS.map((signal) => ratios.get(signal) ?? 0), isPositive: isAttack, offset };
    }),
    { bounds: SHARE_BOUNDS },
  );
  const shares = WEAK_SIGNALS.map((signal, k) => [signal, fitted.weights[k] ?? 0] as const);
  return { bias: fitted.bias, shares: { ...(hasNetwork && { network: 1 }), ...Object.fromEntries(shares) } };
}

/** The log-odds that the wanted shares lie beyond; where no attack may pass, none is low enough (as JSON, null). */
function thresholdsOf(
  judged: readonly JudgedTrial[],
  fusion: Fusion,
  allowed: { readonly bonaFide: number; readonly attacks: number },
) {
  const oddsOf = (isAttack: boolean): number[] =>
    judged
      .filter((trial) => trial.isAttack === isAttack)
      .map(({ evidence }) => logOddsOf(evidence, fusion))
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
