import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

const KIND_OF_FOLDER = { real: 'genuine', df: 'swapped' } as const;

/** The pictures that MesoNet's authors show it with: crops of faces as they were, and swapped by a network. */
export function mesonet(): Dataset {
  const root = join(testDataFolder('mesonet'), 'test_images');
  const samples = Object.entries(KIND_OF_FOLDER).flatMap(([folder, kind]) =>
    readdirSync(join(root, folder))
      .sort()
      .map((name) => ({ id: name, file: join(root, folder, name), subject: kind })),
  );
  return { name: 'mesonet', samples, protocol: [] };
}
