import type { RunningServer } from '../../../e2e/src/server-process.ts';
import type { Sample } from '../datasets/dataset.ts';
import { type TemplateValues, templatesOf } from '../extract-templates.ts';
import { bestByBruteForce } from '../identification/brute-force.ts';
import { drawGallery } from '../identification/draw-gallery.ts';
import { inTurn } from '../in-turn.ts';
import { countedShare } from '../metrics/counted-share.ts';
import { shareBySubject } from '../metrics/share-by-subject.ts';
import { enrolPerson, type FoundPerson, searchPersons } from '../served/regula-client.ts';
import { similarityOf } from '../served/similarity.ts';
import { withServer } from '../served/with-server.ts';
import { type Figure, type Measured, rowsOf, type SuiteReport } from './suite.ts';

const SEED = 301;
const SUBJECTS = 400;
const PERSONS_WANTED = 10;
/** Requests under way together: enough to keep two workers busy. */
const AT_ONCE = 4;
/** Far below what any threshold is stated to, far above what the arithmetic of two processes can differ by. */
const SIMILARITY_TOLERANCE = 1e-9;

/**
 * The same search through the running server: people are enrolled and searched for over HTTP, and each answer is held
 * against what the engine in this process and brute force say of the same pictures.
 */
export async function measureServedSearch(measured: Measured): Promise<SuiteReport> {
  const templates = templatesOf(await measured.extraction());
  const { references, mated } = drawGallery(withSeveralPictures(measured.dataset.samples), {
    seed: SEED,
    enrolledShare: 1,
  });
  const enrolled = references.slice(0, SUBJECTS);
  const names = new Set(enrolled.map(({ subject }) => subject));
  const probes = mated.filter(({ subject }) => names.has(subject));
  const answers = await withServer(measured.pack, async (server) => {
    await enrolAll(server, enrolled, templates);
    return inTurn(probes, AT_ONCE, ({ file }) => searchPersons(server, file, PERSONS_WANTED));
  });
  const expected = probes.map(({ id }) => expectedPersons(measured, templates.get(id), enrolled, templates));
  return { rows: rowsOf(measured, figures(probes, answers, expected)) };
}

function withSeveralPictures(samples: readonly Sample[]): Sample[] {
  const counts = new Map<string, number>();
  for (const { subject } of samples) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return samples.filter(({ subject }) => (counts.get(subject) ?? 0) > 1);
}

/** @throws Error when the server finds a face where the engine here does not, or the other way round. */
async function enrolAll(
  server: RunningServer,
  references: readonly Sample[],
  templates: TemplateValues,
): Promise<void> {
  await inTurn(references, AT_ONCE, async ({ id, subject, file }) => {
    const isEnrolled = await enrolPerson(server, subject, file);
    if (isEnrolled !== templates.has(id))
      throw new Error(`Server and engine disagree about a face in ${id}.`);
  });
}

function expectedPersons(
  { engine }: Measured,
  probe: Float32Array | undefined,
  references: readonly Sample[],
  templates: TemplateValues,
): FoundPerson[] {
  if (!probe) return [];
  return bestByBruteForce(probe, references, templates)
    .slice(0, PERSONS_WANTED)
    .map(({ row, score }) => ({
      name: references[row]?.subject ?? '',
      similarity: similarityOf(engine.calibration, score),
    }));
}

function figures(
  probes: readonly Sample[],
  answers: readonly (readonly FoundPerson[])[],
  expected: readonly (readonly FoundPerson[])[],
): Figure[] {
  const searches = probes.map(({ subject }, index) => ({
    subject,
    answer: answers[index] ?? [],
    expected: expected[index] ?? [],
  }));
  const equal = searches.filter((search) => isSameAnswer(search.answer, search.expected)).length;
  const n = searches.length;
  return [
    {
      metric: `rank-1 identification rate over HTTP, ${SUBJECTS} enrolled`,
      ...shareBySubject(searches, ({ subject, answer }) => answer[0]?.name === subject),
    },
    {
      metric: `answers equal to the engine's own, ${PERSONS_WANTED} persons each`,
      ...countedShare(equal, n),
    },
  ];
}

/** The same persons in the same order with the same similarities. */
const isSameAnswer = (answer: readonly FoundPerson[], expected: readonly FoundPerson[]): boolean =>
  answer.length === expected.length &&
  answer.every(({ name, similarity }, place) => {
    const other = expected[place];
    return name === other?.name && Math.abs(similarity - other.similarity) < SIMILARITY_TOLERANCE;
  });
