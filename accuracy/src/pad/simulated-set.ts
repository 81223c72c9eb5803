import { readFile } from 'node:fs/promises';
import { isPadded, type Presentation, readPicture, recapture } from '@facegate/testkit/recapture';
import type { Sample } from '../datasets/dataset.ts';
import { lfwView1, type View1List } from '../datasets/lfw-view1.ts';
import { inTurn } from '../in-turn.ts';

/** How many subjects each list gives, evenly spread over its names; and where its seeds begin. */
const DRAWN = {
  Train: { subjects: 260, seed: 1_000_000 },
  Test: { subjects: 160, seed: 2_000_000 },
} as const;

const PRESENTATIONS = ['bona-fide', 'print', 'screen'] as const;
/** Seeds from one subject to the next. */
const SEED_STEP = 10;
const READ_AT_ONCE = 4;

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
export async function simulatedSet(list: View1List): Promise<SimulatedPicture[]> {
  const { subjects, seed } = DRAWN[list];
  const firsts = await unpadded(firstOfEach(lfwView1([list]).samples));
  return Array.from({ length: subjects }, (_, index) => index).flatMap((index) => {
    const sample = firsts[Math.floor((index * firsts.length) / subjects)];
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

async function unpadded(samples: readonly Sample[]): Promise<Sample[]> {
  const kept = await inTurn(samples, READ_AT_ONCE, async (sample) =>
    isPadded(await readPicture(await readFile(sample.file))) ? [] : [sample],
  );
  return kept.flat();
}
