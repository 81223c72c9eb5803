import { readFile } from 'node:fs/promises';
import type { Engine } from '@facegate/engine';
import type { Sample } from '../datasets/dataset.ts';
import { encodeAlike, sequenceFor } from './encode-alike.ts';
import type { Portrayed } from './manipulation.ts';
import { MANIPULATION_NAMES, MANIPULATIONS } from './manipulations.ts';
import { readRaster } from './raster.ts';
import type { Trial } from './trial.ts';

/**
 * Each picture untouched and manipulated in every way, the donor of a swap being the picture before it of somebody else.
 * A picture without a face that can be placed is left out.
 */
export async function* manipulatedTrials(
  engine: Pick<Engine, 'analyse'>,
  samples: readonly Sample[],
): AsyncGenerator<Trial> {
  let previous: { readonly subject: string; readonly portrayed: Portrayed } | undefined;
  for (const { id, subject, file } of samples) {
    const target = await portrayedIn(engine, await readFile(file));
    if (!target) continue;
    yield { id, subject, kind: 'genuine', bytes: await encodeAlike(target.raster, id) };
    if (previous && previous.subject !== subject) {
      for (const kind of MANIPULATION_NAMES) {
        const ingredients = { target, donor: previous.portrayed, random: sequenceFor(id, kind) };
        const made = await MANIPULATIONS[kind](ingredients);
        yield { id, subject, kind, bytes: await encodeAlike(made, id) };
      }
    }
    previous = { subject, portrayed: target };
  }
}

async function portrayedIn(
  engine: Pick<Engine, 'analyse'>,
  bytes: Uint8Array,
): Promise<Portrayed | undefined> {
  const { faces } = await engine.analyse(bytes, { faces: 'central', mesh: true });
  const mesh = faces[0]?.mesh;
  return mesh && { raster: await readRaster(bytes), mesh };
}
