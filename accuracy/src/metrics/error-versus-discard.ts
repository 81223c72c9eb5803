import { bootstrap } from '@facegate/measurement';
import type { Rate } from './share-by-subject.ts';

/** One comparison of two pictures of a subject, with the lower quality of the two. */
export interface JudgedComparison {
  readonly subject: string;
  readonly isMissed: boolean;
  readonly quality: number;
}

export interface Discard {
  /** Share of mated comparisons below the threshold, of those that are left. */
  readonly falseNonMatchRate: Rate;
  /** How much lower that is than with all pictures, as a share of it; negative where it is higher. */
  readonly relativeDrop: Rate;
}

/**
 * The error rate when pictures below a quality are left out; the threshold stays that of all pictures. Intervals are
 * over subjects, who stand or fall with all of their comparisons.
 *
 * @source Grother and Tabassi, "Performance of biometric quality measures", PAMI 2007.
 */
export function discardBelow(comparisons: readonly JudgedComparison[], quality: number): Discard {
  const clusters = clustersOf(comparisons, quality);
  const rates = (times?: Uint16Array) => {
    const sum = { missed: 0, all: 0, keptMissed: 0, kept: 0 };
    for (const [i, cluster] of clusters.entries()) {
      const weight = times?.[i] ?? (times ? 0 : 1);
      for (const key of KEYS) sum[key] += weight * cluster[key];
    }
    return { before: share(sum.missed, sum.all), after: share(sum.keptMissed, sum.kept), n: sum.kept };
  };
  const drop = ({ before, after }: { before: number; after: number }) =>
    before === 0 ? 0 : (before - after) / before;
  const found = rates();
  const interval = (statistic: (found: ReturnType<typeof rates>) => number) =>
    bootstrap(clusters.length, (times) => statistic(rates(times)));
  return {
    falseNonMatchRate: { value: found.after, n: found.n, ...interval(({ after }) => after) },
    relativeDrop: { value: drop(found), n: found.n, ...interval(drop) },
  };
}

interface Cluster {
  missed: number;
  all: number;
  keptMissed: number;
  kept: number;
}

const KEYS = ['missed', 'all', 'keptMissed', 'kept'] as const satisfies readonly (keyof Cluster)[];

function clustersOf(comparisons: readonly JudgedComparison[], qualityMin: number): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const { subject, isMissed, quality } of comparisons) {
    const cluster = clusters.get(subject) ?? { missed: 0, all: 0, keptMissed: 0, kept: 0 };
    clusters.set(subject, cluster);
    const isKept = quality >= qualityMin;
    cluster.all += 1;
    cluster.missed += Number(isMissed);
    cluster.kept += Number(isKept);
    cluster.keptMissed += Number(isKept && isMissed);
  }
  return [...clusters.values()];
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
