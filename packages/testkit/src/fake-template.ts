import type { Calibration, Template } from '@facegate/engine/vocabulary';

const DIMENSION = 256;

/** Same identity: score 1. Two identities: a fixed score within ±0.25 of 0. */
export function templateFor(identity: number, packId: string): Template {
  const random = mulberry32(identity + 1);
  const values = Float32Array.from({ length: DIMENSION }, () => random() - 0.5);
  const norm = Math.hypot(...values);
  return { packId, values: values.map((value) => value / norm) };
}

export const FAKE_CALIBRATION: Calibration = {
  dataset: 'drawn pictures',
  measuredOn: '2026-01-01',
  nonMatedComparisons: 1_000_000,
  anchors: [
    { falseMatchRate: 0.5, score: 0 },
    { falseMatchRate: 1e-1, score: 0.25 },
    { falseMatchRate: 1e-3, score: 0.45 },
    { falseMatchRate: 1e-5, score: 0.6 },
  ],
};

/** Uniform in 0..1, the same sequence for the same seed. Source: T. Ettinger's public-domain mulberry32. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
