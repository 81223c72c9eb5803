import { type Candidate, SearchIndex } from '@facegate/engine/search';
import type { Sample } from '../datasets/dataset.ts';
import type { TemplateValues } from '../extract-templates.ts';
import { inTurn } from '../in-turn.ts';
import { requireBruteForceAgrees } from './brute-force.ts';
import type { GalleryDraw } from './draw-gallery.ts';

/** What one search found. */
export interface SearchOutcome {
  readonly subject: string;
  /** Whether the subject is among those enrolled, or was to be. */
  readonly isMated: boolean;
  /** −∞ without a candidate, as after a failure to acquire. */
  readonly bestScore: number;
  /** Place of the subject's own reference among the candidates, from 1; ∞ when it is not among them. */
  readonly mateRank: number;
}

export const CANDIDATES_WANTED = 10;
/** Searches that wait for one another share a pass over the index, which is faster. */
const AT_ONCE = 16;
/** One search in so many is compared with brute force. */
const CHECKED_EVERY = 20;

/** Searches one gallery after the other; see {@link searchGallery}. */
export async function searchGalleries(
  draws: readonly GalleryDraw[],
  templates: TemplateValues,
): Promise<SearchOutcome[]> {
  const outcomes: SearchOutcome[] = [];
  for (const draw of draws) outcomes.push(...(await searchGallery(draw, templates)));
  return outcomes;
}

/**
 * Enrols a gallery in the engine's index and searches it for every probe.
 *
 * A failure to acquire counts against the system: as a probe it finds nobody, as a reference it leaves its subject
 * without one, whose probes are mated searches all the same.
 *
 * @throws Error when a checked search differs from brute force.
 */
export async function searchGallery(draw: GalleryDraw, templates: TemplateValues): Promise<SearchOutcome[]> {
  const references = draw.references.filter(({ id }) => templates.has(id));
  const index = enrol(references, templates);
  const probes = [
    ...draw.mated.map((sample) => ({ sample, isMated: true })),
    ...draw.nonMated.map((sample) => ({ sample, isMated: false })),
  ];
  try {
    return await inTurn([...probes.entries()], AT_ONCE, async ([place, { sample, isMated }]) => {
      const candidates = await candidatesOf(index, templates.get(sample.id));
      if (place % CHECKED_EVERY === 0) {
        requireBruteForceAgrees(sample, { references, templates, candidates, wanted: CANDIDATES_WANTED });
      }
      return toOutcome(sample, isMated, candidates, references);
    });
  } finally {
    await index.close();
  }
}

/** Row by row in the references' order. */
function enrol(references: readonly Sample[], templates: TemplateValues): SearchIndex {
  const values = references.map(({ id }) => templates.get(id) ?? new Float32Array());
  const index = new SearchIndex({ dimension: values[0]?.length ?? 0 });
  for (const template of values) index.add(template);
  return index;
}

async function candidatesOf(
  index: SearchIndex,
  probe: Float32Array | undefined,
): Promise<readonly Candidate[]> {
  if (!probe) return [];
  return (await index.search({ values: probe, k: CANDIDATES_WANTED })).candidates;
}

function toOutcome(
  { subject }: Sample,
  isMated: boolean,
  candidates: readonly Candidate[],
  references: readonly Sample[],
): SearchOutcome {
  const place = candidates.findIndex(({ row }) => references[row]?.subject === subject);
  return {
    subject,
    isMated,
    bestScore: candidates[0]?.score ?? Number.NEGATIVE_INFINITY,
    mateRank: place < 0 ? Number.POSITIVE_INFINITY : place + 1,
  };
}
