import { readFile } from 'node:fs/promises';
import { type Presentation, recapture } from '@facegate/testkit/recapture';
import type { Sample } from '../datasets/dataset.ts';
import { lfwView1, type View1List } from '../datasets/lfw-view1.ts';

/** Which subjects each list gives: the first of so many, evenly spread over its names; and where its seeds begin. */
const DRAWN = {
  Train: { subjects: 177, spread: 250, seed: 1_000_000 },
  Test: { subjects: 160, spread: 160, seed: 2_000_000 },
} as const;

const PRESENTATIONS = ['bona-fide', 'print', 'screen'] as const;
/** Seeds from one subject to the next. */
const SEED_STEP = 10;

/** A picture still to be made. */
export interface SimulatedPicture {
  readonly subject: string;
  readonly presentation: Presentation;
  make(): Promise<Uint8Array>;
}

/**
 * One photograph of each subject, taken anew as it is, from a print and from a screen. `Train` is for calibration, `Test`
 * for reporting.
 */
export function simulatedSet(list: View1List): SimulatedPicture[] {
  const { subjects, spread, seed } = DRAWN[list];
  const firsts = firstOfEach(lfwView1([list]).samples);
  return Array.from({ length: subjects }, (_, index) => index).flatMap((index) => {
    const sample = firsts[Math.floor((index * firsts.length) / spread)];
    const other = firsts[(index * 7 + 11) % firsts.length];
    if (!sample || !other) return [];
    return PRESENTATIONS.map((presentation, k) => ({
      subject: sample.subject,
      presentation,
      make: async () =>
        recapture(await readFile(sample.file), presentation, {
          seed: seed + index * SEED_STEP + k,
          elsewhere: await readFile(other.file),
        }),
    }));
  });
}

function firstOfEach(samples: readonly Sample[]): Sample[] {
  const seen = new Set<string>();
  return samples.filter(({ subject }) => !seen.has(subject) && seen.add(subject));
}
