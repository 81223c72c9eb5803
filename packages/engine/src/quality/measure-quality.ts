import type { MeasuredQuality, QualityMeasure, QualityRequest } from '../vocabulary/quality.ts';
import { measureContext } from './measure-context.ts';
import { MEASURES } from './measures/table.ts';
import type { QualitySubject } from './quality-subject.ts';

/**
 * Measures what is asked of one face, and nothing else. What could not be assessed is absent.
 *
 * @throws EngineError `model-missing` when a network behind a signal cannot be loaded.
 * @cost   about 10 ms for all measures on 480×640, signals left out.
 */
export async function measureQuality(
  subject: QualitySubject,
  { measures }: Pick<QualityRequest, 'measures'>,
): Promise<MeasuredQuality> {
  const context = measureContext(subject);
  const measured: Partial<Record<QualityMeasure, number>> = {};
  for (const measure of measures) {
    const value = await MEASURES[measure](context);
    if (value !== undefined && Number.isFinite(value)) measured[measure] = value;
  }
  return measured;
}
