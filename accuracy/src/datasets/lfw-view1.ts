import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, LabelledPair, Sample } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/**
 * LFW View 1, the official development lists: 3,200 pairs (1,100 + 500 mated and as many non-mated) and the pictures
 * that they name.
 */
export function lfwView1(): Dataset {
  const folder = testDataFolder('lfw-view1');
  const protocol = ['pairsDevTrain.txt', 'pairsDevTest.txt'].flatMap((list) =>
    readFileSync(join(folder, list), 'utf8').split('\n').slice(1).filter(Boolean).map(parsePair),
  );
  const ids = [...new Set(protocol.flatMap((pair) => [pair.probe, pair.reference]))].sort();
  const samples: Sample[] = ids.map((id) => ({
    id,
    file: join(folder, 'images', `${id}.jpg`),
    subject: id.replace(/_\d{4}$/, ''),
  }));
  return { name: 'lfw-view1', samples, protocol };
}

/** `Name 1 2` is a mated pair, `Name 1 Other 2` a non-mated one. */
export function parsePair(line: string): LabelledPair {
  const cells = line.trim().split(/\s+/);
  const picture = (name = '', index = ''): string => `${name}_${index.padStart(4, '0')}`;
  const [name, first, second, third] = cells;
  if (cells.length === 3)
    return { probe: picture(name, first), reference: picture(name, second), mated: true };
  return { probe: picture(name, first), reference: picture(second, third), mated: false };
}
