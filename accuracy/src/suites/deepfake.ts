import { readFile } from 'node:fs/promises';
import { figuresOf, outcomeFigures } from '../deepfake/figures.ts';
import { judgeTrials } from '../deepfake/judge-trial.ts';
import { generatedTrials } from '../manipulations/generated-trials.ts';
import { manipulatedTrials } from '../manipulations/manipulated-trials.ts';
import type { Trial } from '../manipulations/trial.ts';
import { type Measured, rowsOf, type SuiteReport } from './suite.ts';

/** Every so-manieth picture is also manipulated. */
const MANIPULATED_EVERY = 4;

/**
 * How swapped, blended, regenerated and spliced faces are told from those pictures untouched, both encoded alike; and how
 * often pictures just as they came raise a false alarm.
 */
export async function measureManipulations(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const some = dataset.samples.filter((_, index) => index % MANIPULATED_EVERY === 0);
  const untouched = await judgeTrials(engine, asTheyCame(dataset.samples));
  const judged = await judgeTrials(engine, manipulatedTrials(engine, some));
  return { rows: rowsOf(measured, [...outcomeFigures('as they came', untouched), ...figuresOf(judged)]) };
}

/** How generated faces are told from photographs, both cut, shrunk and encoded alike. */
export async function measureGenerated(measured: Measured): Promise<SuiteReport> {
  const { engine, dataset } = measured;
  const judged = await judgeTrials(engine, generatedTrials(engine, dataset.samples));
  return { rows: rowsOf(measured, figuresOf(judged)) };
}

async function* asTheyCame(samples: Measured['dataset']['samples']): AsyncGenerator<Trial> {
  for (const { id, subject, file } of samples) {
    yield { id, subject, kind: 'genuine', bytes: await readFile(file) };
  }
}
