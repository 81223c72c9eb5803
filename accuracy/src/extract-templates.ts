import { readFile } from 'node:fs/promises';
import type { Engine } from '@facegate/engine';
import type { Sample } from './datasets/dataset.ts';
import type { Extracted } from './metrics/all-pairs.ts';

export interface Extraction {
  readonly extracted: readonly Extracted[];
  /** Pictures in which no face was found. */
  readonly failures: readonly Sample[];
}

/** Makes the central face's template of every picture, as many at a time as the engine has threads. */
export async function extractTemplates(
  engine: Engine,
  samples: readonly Sample[],
  onProgress: (done: number) => void,
): Promise<Extraction> {
  const values = new Array<Float32Array | undefined>(samples.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < samples.length; index = next++) {
      const sample = samples[index];
      if (!sample) return;
      const image = await engine.analyse(await readFile(sample.file), { faces: 'central', template: true });
      values[index] = image.faces[0]?.template?.values;
      onProgress(index + 1);
    }
  };
  await Promise.all(Array.from({ length: engine.load().workers + 1 }, work));
  return {
    extracted: samples.flatMap((sample, index) => {
      const found = values[index];
      return found ? [{ sample, values: found }] : [];
    }),
    failures: samples.filter((_, index) => !values[index]),
  };
}
