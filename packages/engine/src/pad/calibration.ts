import type { PadSignal } from '../vocabulary/presentation-attack.ts';

/** Log-odds of an attack at even odds: `bias + Σ weights · values`. */
export interface LogOdds {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** How the signals that were measured are added up. */
export interface PadFusion {
  readonly bias: number;
  /** Of each signal's log-likelihood ratio; below 1, since signals repeat one another. */
  readonly shares: Readonly<Partial<Record<PadSignal, number>>>;
  /** Log-odds from which on a presentation counts as an attack, and up to which as bona fide. */
  readonly attackFrom: number;
  readonly bonaFideUpTo: number;
}

export interface PadCalibration {
  /** From what each signal measures to its log-likelihood ratio. */
  readonly signals: Readonly<Record<PadSignal, LogOdds>>;
  readonly fusion: { readonly withNetwork: PadFusion; readonly withoutNetwork: PadFusion };
}

/** What one signal may say at most, nepers. */
export interface EvidenceLimits {
  readonly low: number;
  readonly high: number;
}

/**
 * However strange one weak signal finds a picture, others must agree before it decides; and that it finds nothing says
 * little, since a good recapture leaves few traces.
 */
export const WEAK_LIMITS: EvidenceLimits = { low: -0.7, high: 1.3 };
const NETWORK_LIMITS: EvidenceLimits = { low: -5, high: 5 };

export const limitsOf = (signal: PadSignal): EvidenceLimits =>
  signal === 'network' ? NETWORK_LIMITS : WEAK_LIMITS;
