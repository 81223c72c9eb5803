import { randomSequence } from '@facegate/measurement';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../datasets/dataset.ts';
import { withLabelsCorrected } from '../datasets/lfw-label-errors.ts';
import { requireBruteForceAgrees } from './brute-force.ts';
import { drawGallery } from './draw-gallery.ts';
import { searchGallery } from './search-gallery.ts';

const sample = (subject: string, index = 1): Sample => ({ id: `${subject}_${index}`, file: '', subject });

/** Subject s0 has one picture, s1 two, s2 three, s3 one … */
const samples = Array.from({ length: 31 }, (_, subject) =>
  Array.from({ length: 1 + (subject % 3) }, (_, index) => sample(`s${subject}`, index)),
).flat();

function unitVector(random: () => number, near?: Float32Array): Float32Array {
  const values = Float32Array.from({ length: 64 }, (_, i) => 4 * (near?.[i] ?? 0) + (random() - 0.5));
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** Pictures of one subject lie near one another. */
function drawnTemplates(): Map<string, Float32Array> {
  const random = randomSequence(7);
  const centres = new Map(samples.map(({ subject }) => [subject, unitVector(random)]));
  return new Map(samples.map(({ id, subject }) => [id, unitVector(random, centres.get(subject))]));
}

describe('a drawn gallery', () => {
  it('has one picture of each subject enrolled, and every other picture is searched for once', () => {
    const { references, mated, nonMated } = drawGallery(samples, { seed: 1, enrolledShare: 0.5 });
    const enrolled = new Set(references.map(({ subject }) => subject));
    expect(references).toHaveLength(15);
    expect(enrolled.size).toBe(15);
    expect(mated.every(({ subject }) => enrolled.has(subject))).toBe(true);
    expect(nonMated.some(({ subject }) => enrolled.has(subject))).toBe(false);
    expect([...references, ...mated, ...nonMated].map(({ id }) => id).sort()).toEqual(
      samples.map(({ id }) => id).sort(),
    );
  });

  it('is the same for the same seed, in whatever order the samples come, and another for another', () => {
    const draw = (seed: number, from = samples) => drawGallery(from, { seed, enrolledShare: 0.5 });
    expect(draw(1, [...samples].reverse())).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
  });
});

describe('searching a gallery', () => {
  const templates = drawnTemplates();
  const draw = drawGallery(samples, { seed: 1, enrolledShare: 0.5 });

  it('finds those who are enrolled first, and scores the others lower', async () => {
    const outcomes = await searchGallery(draw, templates);
    const mated = outcomes.filter(({ isMated }) => isMated);
    const nonMated = outcomes.filter(({ isMated }) => !isMated);
    expect(mated).toHaveLength(draw.mated.length);
    expect(nonMated).toHaveLength(draw.nonMated.length);
    expect(mated.every(({ mateRank }) => mateRank === 1)).toBe(true);
    const strangers = Math.max(...nonMated.map(({ bestScore }) => bestScore));
    expect(Math.min(...mated.map(({ bestScore }) => bestScore))).toBeGreaterThan(strangers);
  });

  it('counts a failure to acquire against the system, as a probe and as a reference', async () => {
    const lost = draw.references.find(({ subject }) => draw.mated.some((probe) => probe.subject === subject));
    const faceless = draw.nonMated[0];
    const rest = new Map([...templates].filter(([id]) => ![lost?.id, faceless?.id].includes(id)));
    const outcomes = await searchGallery(draw, rest);
    const orphans = outcomes.filter(({ subject }) => subject === lost?.subject);
    expect(orphans.length).toBeGreaterThan(0);
    for (const orphan of orphans) expect(orphan).toMatchObject({ isMated: true, mateRank: Infinity });
    const empty = outcomes.filter(({ bestScore }) => bestScore === -Infinity);
    expect(empty).toMatchObject([{ subject: faceless?.subject, isMated: false }]);
  });

  it('is refused when the index is not of brute force’s opinion', () => {
    const { references } = draw;
    const probe = draw.mated[0] ?? sample('nobody');
    const check = (candidates: { row: number; score: number }[]) =>
      requireBruteForceAgrees(probe, { references, templates, candidates, wanted: 1 });
    expect(() => check([{ row: 0, score: 0.123 }])).toThrow(probe.id);
    expect(() => check([])).toThrow(probe.id);
  });
});

it('corrects labels without touching any other', () => {
  const corrected = withLabelsCorrected([
    sample('Sepp_Blatter'),
    { id: 'Recep_Tayyip_Erdogan_0004', file: '', subject: 'Recep_Tayyip_Erdogan' },
    { id: 'Recep_Tayyip_Erdogan_0002', file: '', subject: 'Recep_Tayyip_Erdogan' },
    { id: 'Andrew_Gilligan_0001', file: '', subject: 'Andrew_Gilligan' },
  ]);
  expect(corrected.map(({ subject }) => subject)).toEqual([
    'Joseph_Blatter',
    'Abdullah_Gul',
    'Recep_Tayyip_Erdogan',
  ]);
});
