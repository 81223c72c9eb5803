import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** Ten pictures each of ten subjects, as thumbnails; every pair is compared. */
export function lfw10x10(): Dataset {
  const folder = join(testDataFolder('lfw-10x10'), 'images');
  const samples = readdirSync(folder)
    .sort()
    .flatMap((subject) =>
      readdirSync(join(folder, subject))
        .sort()
        .map((name) => ({ id: name.replace(/\.jpg$/, ''), file: join(folder, subject, name), subject })),
    );
  return { name: 'lfw-10x10', samples, protocol: [] };
}
