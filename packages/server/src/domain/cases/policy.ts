import { falseMatchRate, type QualityMeasure } from '@facegate/engine/vocabulary';
import { CAPTURE_MEASURES } from '../quality/capture-defects.ts';

/** What an operator decides about decisions. */
export interface CasePolicy {
  /** A face is declined as manipulated from this probability on, 0..1. */
  readonly manipulationProbabilityMin: number;
}

/** Operating point of a verification, and of each comparison of an identification at the loosest. */
export const FALSE_MATCH_RATE_MAX = falseMatchRate(1e-4);

/** Share of identifications of strangers that may find somebody: see docs/cases.md. */
export const FALSE_POSITIVE_IDENTIFICATION_RATE_MAX = 0.01;

/** What the light and focus of a face are told from. */
export const DEFECT_MEASURES: readonly QualityMeasure[] = [...CAPTURE_MEASURES, 'too-light'];

/** Chosen on LFW View 1, test list: see docs/cases.md. */
export const BRIGHTNESS_MAX = 0.5;

/** A finding of single frames counts for the clip when it is in more than this share of the frames with a face. */
export const FRAME_SHARE_MAX = 0.5;

/** What is kept of a picture or frame to be shown. */
export const PICTURE_TO_SHOW = { width: 1280, height: 1280, quality: 88 } as const;

/** A clip, bytes; as the engine's own limit. */
export const CLIP_BYTES_MAX = 50_000_000;

/** Claims of one case, those of workers that died included. */
export const ATTEMPTS_MAX = 3;

/** For one attempt. */
export const ATTEMPT_MS = 90_000;

/** Renewed while the case is examined. */
export const LEASE_MS = 15_000;

/** Longer than any attempt. */
export const SCRATCH_MS = 120_000;
