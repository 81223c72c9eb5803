/** 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z95 = 1.959964;

/** 95 % interval of a share, for independent trials (Wilson, 1927). */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const spread = Z95 * Math.sqrt((share * (1 - share)) / trials + (Z95 * Z95) / (4 * trials * trials));
  const scale = 1 + (Z95 * Z95) / trials;
  const centre = share + (Z95 * Z95) / (2 * trials);
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

const RESAMPLES = 1000;

/**
 * 95 % interval of a share whose trials come in clusters: comparisons of one subject stand or fall together, so whole
 * subjects are drawn with replacement. Deterministic: the draws come from a fixed sequence.
 */
export function clusterBootstrap(clusters: readonly { successes: number; trials: number }[]): Interval {
  const random = sequence(20_260_101);
  const shares = Array.from({ length: RESAMPLES }, () => {
    let successes = 0;
    let trials = 0;
    for (let draw = 0; draw < clusters.length; draw++) {
      const cluster = clusters[Math.floor(random() * clusters.length)];
      successes += cluster?.successes ?? 0;
      trials += cluster?.trials ?? 0;
    }
    return trials > 0 ? successes / trials : 0;
  }).sort((a, b) => a - b);
  return {
    low: shares[Math.floor(RESAMPLES * 0.025)] ?? 0,
    high: shares[Math.ceil(RESAMPLES * 0.975) - 1] ?? 1,
  };
}

/** Mulberry32: uniform in 0..1, the same on every machine. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
