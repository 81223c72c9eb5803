import { clusterBootstrap, type Interval } from '@facegate/measurement';

export interface Rate extends Interval {
  readonly value: number;
  readonly n: number;
}

/** Share of trials that count, with a 95 % interval over subjects. */
export function shareBySubject<T extends { readonly subject: string }>(
  trials: readonly T[],
  isCounted: (trial: T) => boolean,
): Rate {
  const clusters = new Map<string, { successes: number; trials: number }>();
  for (const trial of trials) {
    const cluster = clusters.get(trial.subject) ?? { successes: 0, trials: 0 };
    cluster.trials += 1;
    if (isCounted(trial)) cluster.successes += 1;
    clusters.set(trial.subject, cluster);
  }
  const counted = [...clusters.values()].reduce((sum, cluster) => sum + cluster.successes, 0);
  return {
    value: counted / trials.length,
    n: trials.length,
    ...clusterBootstrap([...clusters.values()]),
  };
}
