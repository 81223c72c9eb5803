import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Dataset, Sample } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** What generated pictures carry as their subject. */
export const GENERATED = 'generated';

const PICTURES: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.png']);

/** Faces made by StyleGAN3, and the photographs of three public sets whose pictures are large enough to stand beside them. */
export function generatedFaces(): Dataset {
  const generated = picturesIn('stylegan3').map((sample) => ({ ...sample, subject: GENERATED }));
  const photographs = ['deepface-pairs', 'azure-face', 'face-recognition'].flatMap(picturesIn);
  return { name: 'stylegan3', samples: [...generated, ...photographs], protocol: [] };
}

function picturesIn(name: string): Sample[] {
  const folder = testDataFolder(name);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => PICTURES.has(extname(path).toLowerCase()))
    .sort()
    .map((path) => ({ id: `${name}/${path}`, file: join(folder, path), subject: `${name}/${path}` }));
}
