import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from './dataset.ts';
import { lfwView1, parsePair } from './lfw-view1.ts';
import { testDataFolder } from './test-data.ts';

/** The pictures of one list of LFW View 1. No subject is on both lists. */
export function lfwView1List(list: 'train' | 'test'): Dataset {
  const file = list === 'train' ? 'pairsDevTrain.txt' : 'pairsDevTest.txt';
  const text = readFileSync(join(testDataFolder('lfw-view1'), file), 'utf8');
  const pairs = text.split('\n').slice(1).filter(Boolean).map(parsePair);
  const ids = new Set(pairs.flatMap(({ probe, reference }) => [probe, reference]));
  const samples = lfwView1().samples.filter(({ id }) => ids.has(id));
  return { name: `lfw-view1-${list}`, samples, protocol: pairs };
}
