import { randomSequence } from '@facegate/measurement';
import type { Sample } from '../datasets/dataset.ts';

/** Who is enrolled, with one picture each, and who is searched for. */
export interface GalleryDraw {
  readonly references: readonly Sample[];
  /** The other pictures of those enrolled. */
  readonly mated: readonly Sample[];
  /** Every picture of those who are not. */
  readonly nonMated: readonly Sample[];
}

/**
 * Draws the subjects who are enrolled and, of each, the picture that is. The same for the same seed, whatever the order
 * of the samples.
 *
 * @param enrolledShare  of the subjects, 0..1; the number is rounded down.
 */
export function drawGallery(
  samples: readonly Sample[],
  { seed, enrolledShare }: { readonly seed: number; readonly enrolledShare: number },
): GalleryDraw {
  const random = randomSequence(seed);
  const bySubject = shuffled([...groupBySubject(samples).values()], random);
  const enrolled = bySubject.slice(0, Math.floor(bySubject.length * enrolledShare));
  const withReferenceFirst = enrolled.map((own) => shuffled(own, random));
  return {
    references: withReferenceFirst.flatMap((own) => own.slice(0, 1)),
    mated: withReferenceFirst.flatMap((own) => own.slice(1)),
    nonMated: bySubject.slice(enrolled.length).flat(),
  };
}

function groupBySubject(samples: readonly Sample[]): Map<string, Sample[]> {
  const groups = new Map<string, Sample[]>();
  for (const sample of [...samples].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    groups.set(sample.subject, [...(groups.get(sample.subject) ?? []), sample]);
  }
  return groups;
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
