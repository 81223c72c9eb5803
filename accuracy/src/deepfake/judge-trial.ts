import type { Engine } from '@facegate/engine';
import type { Injection } from '@facegate/engine/vocabulary';
import { readRaster } from '../manipulations/raster.ts';
import type { Trial } from '../manipulations/trial.ts';
import { type TrivialStatistics, trivialStatistics } from './trivial-statistics.ts';

export interface JudgedTrial {
  readonly subject: string;
  readonly kind: Trial['kind'];
  readonly injection: Injection;
  readonly trivial: TrivialStatistics;
}

/** As many at a time as the engine has threads. @returns those with a face. */
export async function judgeTrials(
  engine: Pick<Engine, 'analyse' | 'load'>,
  trials: AsyncIterable<Trial>,
): Promise<JudgedTrial[]> {
  const judged: Promise<JudgedTrial | undefined>[] = [];
  for await (const trial of trials) {
    judged.push(judgeTrial(engine, trial));
    if (judged.length % (engine.load().workers + 1) === 0) await Promise.allSettled(judged);
  }
  return (await Promise.all(judged)).filter((found) => found !== undefined);
}

/** @returns undefined where no face is found. */
async function judgeTrial(
  engine: Pick<Engine, 'analyse'>,
  { subject, kind, bytes }: Trial,
): Promise<JudgedTrial | undefined> {
  const { faces } = await engine.analyse(bytes, { faces: 'central', injection: true });
  const [face] = faces;
  if (!face?.injection) return undefined;
  const trivial = trivialStatistics(await readRaster(bytes), face.box);
  return { subject, kind, injection: face.injection, trivial };
}
