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
import { type PixelSignal, readSignals, type SignalReadings } from './read-signals.ts';
import { FUSION_FIT, SIGNAL_FITS } from './weights.data.ts';

/** A file that calls itself generated is believed: ln of 1,000 to 1, set by hand, not measured. */
const DECLARED_GENERATED = Math.log(1000);

export interface InjectionSubject {
  readonly image: RgbImage;
  /** 468 points in image pixels; without them nothing is read of the pixels. */
  readonly mesh?: readonly Point[] | undefined;
  /** Whether the pixels are those of a JPEG as it was written: traces of its blocks are looked for. */
  readonly isJpeg: boolean;
  readonly provenance: Provenance;
}

/**
 * Judges whether one face was swapped, generated or edited.
 *
 * @cost about 10 ms; more for the blocks of large faces, see `forensicWindow`.
 */
export function judgeInjection({ image, mesh, isJpeg, provenance }: InjectionSubject): Injection {
  const readings = mesh ? readSignals(image, mesh, { isJpeg }) : {};
  return fuse([...declaredEvidence(provenance), ...evidenceOf(readings)], FUSION_FIT);
}

/** A declaration counts against a picture; the want of one counts for nothing. */
function declaredEvidence({ isDeclaredGenerated }: Provenance): InjectionEvidence[] {
  return isDeclaredGenerated ? [{ signal: 'provenance', logLikelihoodRatio: DECLARED_GENERATED }] : [];
}

function evidenceOf(readings: SignalReadings): InjectionEvidence[] {
  return INJECTION_SIGNALS.flatMap((signal) => {
    const reading = readings[signal as PixelSignal];
    const fit = SIGNAL_FITS[signal as PixelSignal];
    return reading && fit ? [{ signal, logLikelihoodRatio: logLikelihoodRatio(reading, fit) }] : [];
  });
}
