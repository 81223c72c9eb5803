import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, LabelledPair } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** The labelled pairs of deepface's own test set: 38 mated, 262 non-mated, full-size photographs. */
export function deepfacePairs(): Dataset {
  const folder = join(testDataFolder('deepface-pairs'), 'tests', 'unit', 'dataset');
  const protocol: LabelledPair[] = readFileSync(join(folder, 'master.csv'), 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => {
      const [probe = '', reference = '', decision = ''] = line.trim().split(',');
      return { probe, reference, mated: decision === 'Yes' };
    });
  const ids = [...new Set(protocol.flatMap((pair) => [pair.probe, pair.reference]))].sort();
  const samples = ids.map((id) => ({ id, file: join(folder, id), subject: id }));
  return { name: 'deepface-pairs', samples, protocol };
}
