import type { RgbImage } from '../image/rgb-image.ts';
import {
  INJECTION_SIGNALS,
  type Injection,
  type InjectionEvidence,
  type Provenance,
} from '../vocabulary/injection.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { logLikelihoodRatio } from './calibration.ts';
import { fuse } from './fusion.ts';
import { readSignals, type SignalReadings } from './read-signals.ts';
import { FUSION_FIT, SIGNAL_FITS } from './weights.data.ts';

/** Odds by which a file that calls itself generated is believed: set by hand, not measured. */
const DECLARED_ODDS = 1000;

export interface InjectionSubject {
  readonly image: RgbImage;
  /** 468 points in image pixels; without them no trace is looked for. */
  readonly mesh?: readonly Point[] | undefined;
  /** Whether the pixels are those of a JPEG as it was written: traces of its blocks are looked for. */
  readonly isJpeg: boolean;
  readonly provenance: Provenance;
  /** Of the pack's networks for this face. Default none. */
  readonly networks?: readonly InjectionEvidence[];
}

/**
 * Judges whether one face was swapped, generated or edited.
 *
 * @cost about 15 ms; twice that for the blocks of large faces, see `forensicWindow`.
 */
export function judgeInjection({
  image,
  mesh,
  isJpeg,
  provenance,
  networks = [],
}: InjectionSubject): Injection {
  const readings = mesh ? readSignals(image, mesh, { isJpeg }) : {};
  const judged = fuse([...evidenceOf(readings), ...networks], FUSION_FIT);
  return provenance.isDeclaredGenerated ? asDeclared(judged) : judged;
}

/** A declaration decides, whatever the pixels say; the want of one counts for nothing. */
const asDeclared = ({ evidence }: Injection): Injection => ({
  outcome: 'manipulated',
  manipulationProbability: DECLARED_ODDS / (1 + DECLARED_ODDS),
  evidence: [{ signal: 'provenance', logLikelihoodRatio: Math.log(DECLARED_ODDS) }, ...evidence],
});

function evidenceOf(readings: SignalReadings): InjectionEvidence[] {
  return INJECTION_SIGNALS.flatMap((signal) => {
    if (signal === 'provenance') return [];
    const reading = readings[signal];
    return reading ? [{ signal, logLikelihoodRatio: logLikelihoodRatio(reading, SIGNAL_FITS[signal]) }] : [];
  });
}
