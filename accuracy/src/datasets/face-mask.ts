import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, Sample } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** What the pictures are labelled with, as their subjects. */
export const WITH_MASK = 'with_mask';
export const WITHOUT_MASK = 'without_mask';

/**
 * Portraits with and without a mask over nose and mouth, 120 of each. The direction by which the core pack tells masks was
 * fitted to them, and the crop of the accurate pack's network chosen on them: development figures.
 */
export function faceMask(): Dataset {
  const folder = testDataFolder('mask');
  const samples = [WITH_MASK, WITHOUT_MASK].flatMap((label) =>
    readdirSync(join(folder, label))
      .sort()
      .map((name): Sample => ({ id: `${label}/${name}`, file: join(folder, label, name), subject: label })),
  );
  return { name: 'mask', samples, protocol: [] };
}
