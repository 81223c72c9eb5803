import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Dataset, Sample } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

const GENERATED = 'stylegan3';

/** Whether no camera ever saw the face. */
export const isGenerated = ({ id }: Pick<Sample, 'id'>): boolean => id.startsWith(`${GENERATED}/`);

const PICTURES: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.png']);

/**
 * Faces made by StyleGAN3, and the photographs of three public sets whose pictures are large enough to stand beside
 * them. Whose they are is not told: every picture counts as a subject.
 */
export function generatedFaces(): Dataset {
  const samples = [GENERATED, 'deepface-pairs', 'azure-face', 'face-recognition'].flatMap(picturesIn);
  return { name: GENERATED, samples, protocol: [] };
}

function picturesIn(name: string): Sample[] {
  const folder = testDataFolder(name);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => PICTURES.has(extname(path).toLowerCase()))
    .sort()
    .map((path) => ({ id: `${name}/${path}`, file: join(folder, path), subject: `${name}/${path}` }));
}
