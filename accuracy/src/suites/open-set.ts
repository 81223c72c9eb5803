import { type Calibration, scoreAt } from '@facegate/engine';
import type { Sample } from '../datasets/dataset.ts';
import { withLabelsCorrected } from '../datasets/lfw-label-errors.ts';
import { type TemplateValues, templatesOf } from '../extract-templates.ts';
import { drawGallery } from '../identification/draw-gallery.ts';
import { searchGalleries } from '../identification/search-gallery.ts';
import { OpenSetRates } from '../metrics/open-set-rates.ts';
import { type Figure, type Measured, rowsOf, type SuiteReport } from './suite.ts';

/** Each draws anew who is enrolled, and with which picture. */
const SEEDS = Array.from({ length: 20 }, (_, index) => 101 + index);
const ENROLLED_SHARE = 0.5;

const FALSE_POSITIVE_RATES = [1e-2, 1e-3];
/** False match rates of single comparisons whose thresholds, by the pack's calibration, are tried on searches. */
const CALIBRATED_RATES = [1e-3, 1e-4, 1e-5, 1e-6];

/**
 * Searches for people of whom one half is enrolled. All draws enrol as many, so that one threshold means the same in
 * each, and the searches of all are taken together.
 *
 * Measured with the labels as they are and corrected: where one search in a thousand counts, a handful of people under
 * two names decides the figure.
 */
export async function measureOpenSet(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const templates = templatesOf(await measured.extraction());
  const asLabelled = await openSetFigures(dataset.samples, templates, engine.calibration);
  const corrected = await openSetFigures(withLabelsCorrected(dataset.samples), templates, engine.calibration);
  const renamed = corrected.map((figure) => ({ ...figure, metric: `labels corrected: ${figure.metric}` }));
  return { rows: rowsOf(measured, [...asLabelled, ...renamed]) };
}

async function openSetFigures(
  samples: readonly Sample[],
  templates: TemplateValues,
  calibration: Calibration,
): Promise<Figure[]> {
  const draws = SEEDS.map((seed) => drawGallery(samples, { seed, enrolledShare: ENROLLED_SHARE }));
  const rates = new OpenSetRates(await searchGalleries(draws, templates));
  const enrolled = `${draws[0]?.references.length} enrolled`;
  return [
    ...FALSE_POSITIVE_RATES.flatMap((fpir) => figuresAt(rates, fpir, enrolled)),
    ...CALIBRATED_RATES.map((rate) => ({
      metric: `FPIR at calibrated FMR ${rate.toExponential(0)}, ${enrolled}`,
      ...rates.falsePositiveRateAbove(scoreAt(calibration, rate)),
    })),
  ];
}

function figuresAt(rates: OpenSetRates, fpir: number, enrolled: string): Figure[] {
  const point = `FPIR ${fpir.toExponential(0)}, ${enrolled}`;
  return [
    { metric: `FNIR at ${point}`, ...rates.falseNegativeRateAt(fpir) },
    { metric: `score at ${point}`, ...rates.thresholdAt(fpir) },
  ];
}
