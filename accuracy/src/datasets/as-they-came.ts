import type { Dataset, Sample } from './dataset.ts';
import { generatedFaces, isGenerated } from './generated-faces.ts';
import { lfwView1List } from './lfw-view1-lists.ts';

/** Sets that are measured as they came, by the name of a sample's set. */
const SETS = {
  'LFW View 1, test list': lfwTest,
  'larger photographs': () => generatedFaces().samples.filter((sample) => !isGenerated(sample)),
  StyleGAN3: () => generatedFaces().samples.filter(isGenerated),
} as const satisfies Record<string, () => readonly Sample[]>;

export const SET_NAMES = Object.keys(SETS) as (keyof typeof SETS)[];

/** Of each set every picture; its name stands in the place of a subject. */
export function asTheyCame(): Dataset {
  const samples = SET_NAMES.flatMap((name) =>
    SETS[name]().map(({ id, file }) => ({ id, file, subject: name })),
  );
  return { name: 'as-they-came', samples, protocol: [] };
}

function lfwTest(): readonly Sample[] {
  return lfwView1List('test').samples;
}
