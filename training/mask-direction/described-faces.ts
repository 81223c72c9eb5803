import { readFile } from 'node:fs/promises';
import type { InstalledPack } from '@facegate/engine';
import type { Sample } from '../../accuracy/src/datasets/dataset.ts';
import { decodeImage } from '../../packages/engine/src/image/decode.ts';
import { DEFAULT_IMAGE_LIMITS } from '../../packages/engine/src/image/limits.ts';
import { findFaces } from '../../packages/engine/src/pipeline/find-faces.ts';
import { loadModels, type Models } from '../../packages/engine/src/pipeline/models.ts';
import { readDescription } from '../../packages/engine/src/signals/description.ts';

export interface DescribedFace {
  readonly packId: string;
  readonly sample: Sample;
  /** faceres' description, scaled to unit length. */
  readonly description: Float64Array;
}

/** The central face of every picture in which the pack finds one. */
export async function describeFaces(
  { folder, manifest }: InstalledPack,
  samples: readonly Sample[],
): Promise<DescribedFace[]> {
  const models = await loadModels(folder, manifest);
  const faces: DescribedFace[] = [];
  for (const sample of samples) {
    const description = await describe(sample.file, models);
    if (description) faces.push({ packId: manifest.id, sample, description });
  }
  await models.release();
  return faces;
}

async function describe(file: string, models: Models): Promise<Float64Array | undefined> {
  const { image } = await decodeImage(await readFile(file), DEFAULT_IMAGE_LIMITS);
  const [face] = await findFaces(image, models, { faces: 'central', stage: (_, work) => work() });
  const described = face && (await readDescription({ image, auxiliary: models.auxiliary, ...face }));
  if (!described) return undefined;
  const length = Math.hypot(...described.embedding);
  return Float64Array.from(described.embedding, (value) => value / length);
}
