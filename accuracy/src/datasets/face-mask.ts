import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, Sample } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** What the pictures are labelled with, as their subjects. */
export const WITH_MASK = 'with_mask';
export const WITHOUT_MASK = 'without_mask';

/**
 * Portraits with and without a mask over nose and mouth, 120 of each. Every second one, `half` 0, is for development;
 * the others, `half` 1, for reports.
 */
export function faceMask(half: 0 | 1): Dataset {
  const folder = testDataFolder('mask');
  const samples = [WITH_MASK, WITHOUT_MASK].flatMap((label) =>
    readdirSync(join(folder, label))
      .sort()
      .filter((_, i) => i % 2 === half)
      .map((name): Sample => ({ id: `${label}/${name}`, file: join(folder, label, name), subject: label })),
  );
  return { name: `mask-${half === 0 ? 'development' : 'report'}`, samples, protocol: [] };
}
