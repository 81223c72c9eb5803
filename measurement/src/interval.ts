import { randomSequence } from './random-sequence.ts';

/** 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
export const Z95 = 1.959964;

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
  return bootstrap(clusters.length, (timesDrawn) => {
    let successes = 0;
    let trials = 0;
    clusters.forEach((cluster, index) => {
      const times = timesDrawn[index] ?? 0;
      successes += times * cluster.successes;
      trials += times * cluster.trials;
    });
    return trials > 0 ? successes / trials : 0;
  });
}

/**
 * 95 % percentile interval of any statistic of clusters that are drawn with replacement, 1,000 times over.
 * Deterministic: the draws come from a fixed sequence.
 *
 * @param statistic  gets how often each cluster was drawn.
 */
export function bootstrap(clusterCount: number, statistic: (timesDrawn: Uint16Array) => number): Interval {
  const random = randomSequence(20_260_101);
  const values = Float64Array.from({ length: RESAMPLES }, () => {
    const timesDrawn = new Uint16Array(clusterCount);
    for (let draw = 0; draw < clusterCount; draw++) {
      const cluster = Math.floor(random() * clusterCount);
      timesDrawn[cluster] = (timesDrawn[cluster] ?? 0) + 1;
    }
    return statistic(timesDrawn);
  }).sort();
  return {
    low: values[Math.floor(RESAMPLES * 0.025)] ?? 0,
    high: values[Math.ceil(RESAMPLES * 0.975) - 1] ?? 1,
  };
}
