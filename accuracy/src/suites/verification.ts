import { compare, type Engine, falseMatchRateAt } from '@facegate/engine';
import type { Dataset } from '../datasets/dataset.ts';
import type { Extraction } from '../extract-templates.ts';
import { compareAllPairs, type ScoreSheet } from '../metrics/all-pairs.ts';
import { countedShare } from '../metrics/counted-share.ts';
import { detCurve, equalErrorRate, falseNonMatchRate } from '../metrics/error-rates.ts';
import { type ScoredPair, tenFoldAccuracy } from '../metrics/ten-fold.ts';
import { type Figure, type Measured, rowsOf, type SuiteReport } from './suite.ts';

/** False match rates at which a data set is read, as far as it has ten non-mated comparisons beyond them. */
const OPERATING_POINTS = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5] as const;

/** 1:1 error rates of one pack on one data set, with its DET curve. */
export async function measureVerification(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const extraction = await measured.extraction();
  const sheet = compareAllPairs(extraction.extracted);
  const hasIdentities = sheet.mated.length > 0;
  const figures = [
    failureToAcquire(extraction),
    ...protocolFigures(engine, dataset, extraction),
    ...(hasIdentities ? allPairsFigures(sheet) : []),
  ];
  if (!hasIdentities) return { rows: rowsOf(measured, figures) };
  return {
    rows: rowsOf(measured, figures),
    det: { label: `${dataset.name}, ${engine.pack.packId}`, points: detCurve(sheet) },
    anchors: reachable(sheet).map((rate) => ({ falseMatchRate: rate, score: sheet.thresholdAt(rate) })),
  };
}

const reachable = (sheet: ScoreSheet): number[] =>
  OPERATING_POINTS.filter((rate) => rate * sheet.nonMatedCount >= 10);

function failureToAcquire({ extracted, failures }: Extraction): Figure {
  const n = extracted.length + failures.length;
  return { metric: 'failure to acquire', ...countedShare(failures.length, n) };
}

/** The data set's own pairs; a pair with a failure to acquire counts as a non-match. */
function protocolFigures(engine: Engine, dataset: Dataset, { extracted }: Extraction): Figure[] {
  if (dataset.protocol.length === 0) return [];
  const { packId } = engine.pack;
  const templates = new Map(extracted.map(({ sample, values }) => [sample.id, { packId, values }]));
  const scored: ScoredPair[] = dataset.protocol.map((pair) => {
    const probe = templates.get(pair.probe);
    const reference = templates.get(pair.reference);
    return { ...pair, score: probe && reference ? compare(probe, reference) : -1 };
  });
  const { accuracy, standardError, n } = tenFoldAccuracy(scored);
  const spread = 1.96 * standardError;
  const accepted = scored.filter((pair) => falseMatchRateAt(engine.calibration, pair.score as never) <= 1e-3);
  return [
    {
      metric: '10-fold accuracy',
      value: accuracy,
      n,
      low: accuracy - spread,
      high: Math.min(1, accuracy + spread),
    },
    share(
      'pairs: FNMR at calibrated FMR 1e-3',
      scored.filter((p) => p.mated),
      (p) => !accepted.includes(p),
    ),
    share(
      'pairs: FMR at calibrated FMR 1e-3',
      scored.filter((p) => !p.mated),
      (p) => accepted.includes(p),
    ),
  ];
}

function share<T>(metric: string, items: readonly T[], isCounted: (item: T) => boolean): Figure {
  const counted = items.filter(isCounted).length;
  return { metric, ...countedShare(counted, items.length) };
}

function allPairsFigures(sheet: ScoreSheet): Figure[] {
  const equal = equalErrorRate(sheet);
  const { low, high } = falseNonMatchRate(sheet, equal.threshold);
  const figures: Figure[] = [
    { metric: 'all pairs: EER', value: equal.rate, n: sheet.mated.length, low, high },
  ];
  for (const rate of reachable(sheet)) {
    const threshold = sheet.thresholdAt(rate);
    const label = `FMR ${rate.toExponential(0)}`;
    figures.push({ metric: `all pairs: FNMR at ${label}`, ...falseNonMatchRate(sheet, threshold) });
    figures.push({
      metric: `score at ${label}`,
      value: threshold,
      n: sheet.nonMatedCount,
      low: threshold,
      high: threshold,
    });
  }
  return figures;
}
