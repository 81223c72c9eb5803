import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, Sample } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** What the pictures are labelled with, as their subjects. */
const ATTACK = 'attack';
const BONA_FIDE = 'bona-fide';

/** Sets by folder, and how their file names begin. */
const SETS = [
  { folder: 'pad-minivision/images/sample', attack: 'image_F', bonaFide: 'image_T' },
  { folder: 'pad-vietmoney/data/test', attack: 'fake_', bonaFide: 'true_' },
];

/** The pictures that two public projects show their detectors with: five attacks and four bona fide. */
export function padSamples(): Dataset {
  const root = testDataFolder('pad');
  const samples = SETS.flatMap(({ folder, attack, bonaFide }) =>
    readdirSync(join(root, folder))
      .filter((name) => !name.includes('_result'))
      .sort()
      .flatMap((name): Sample[] => {
        const label = name.startsWith(attack) ? ATTACK : name.startsWith(bonaFide) ? BONA_FIDE : undefined;
        return label ? [{ id: name, file: join(root, folder, name), subject: label }] : [];
      }),
  );
  return { name: 'pad-samples', samples, protocol: [] };
}
