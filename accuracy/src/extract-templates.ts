import { readFile } from 'node:fs/promises';
import type { Engine } from '@facegate/engine';
import type { Sample } from './datasets/dataset.ts';
import { inTurn } from './in-turn.ts';
import type { Extracted } from './metrics/all-pairs.ts';

export interface Extraction {
  readonly extracted: readonly Extracted[];
  /** Pictures in which no face was found. */
  readonly failures: readonly Sample[];
}

/** Templates by sample id; a picture without a face has none. */
export type TemplateValues = ReadonlyMap<string, Float32Array>;

export const templatesOf = ({ extracted }: Extraction): TemplateValues =>
  new Map(extracted.map(({ sample, values }) => [sample.id, values]));

/** Makes the central face's template of every picture, as many at a time as the engine has threads. */
export async function extractTemplates(
  engine: Engine,
  samples: readonly Sample[],
  onProgress: (done: number) => void,
): Promise<Extraction> {
  let done = 0;
  const values = await inTurn(samples, engine.load().workers + 1, async ({ file }) => {
    const image = await engine.analyse(await readFile(file), { faces: 'central', template: true });
    onProgress(++done);
    return image.faces[0]?.template?.values;
  });
  return {
    extracted: samples.flatMap((sample, index) => {
      const found = values[index];
      return found ? [{ sample, values: found }] : [];
    }),
    failures: samples.filter((_, index) => !values[index]),
  };
}
