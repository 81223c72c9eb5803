import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, LabelledPair, Sample } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** No subject of the one is in the other. */
export type View1List = 'Train' | 'Test';

/**
 * LFW View 1, the official development lists: 3,200 pairs (1,100 + 500 mated and as many non-mated) and the pictures
 * that they name.
 *
 * @param lists @default both
 */
export function lfwView1(lists: readonly View1List[] = ['Train', 'Test']): Dataset {
  const folder = testDataFolder('lfw-view1');
  const protocol = lists.flatMap((list) =>
    readFileSync(join(folder, `pairsDev${list}.txt`), 'utf8')
      .split('\n')
      .slice(1)
      .filter(Boolean)
      .map(parsePair),
  );
  const ids = [...new Set(protocol.flatMap((pair) => [pair.probe, pair.reference]))].sort();
  const samples: Sample[] = ids.map((id) => ({
    id,
    file: join(folder, 'images', `${id}.jpg`),
    subject: id.replace(/_\d{4}$/, ''),
  }));
  const name = lists.length === 2 ? 'lfw-view1' : `lfw-view1-${lists.join('-').toLowerCase()}`;
  return { name, samples, protocol };
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
