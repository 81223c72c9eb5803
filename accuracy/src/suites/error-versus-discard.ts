import { readFile } from 'node:fs/promises';
import { compare, type Engine } from '@facegate/engine';
import { QUALITY_MEASURES } from '@facegate/engine/vocabulary';
import { unifiedQuality } from '@facegate/server/quality';
import { templatesOf } from '../extract-templates.ts';
import { inTurn } from '../in-turn.ts';
import { compareAllPairs, type Extracted } from '../metrics/all-pairs.ts';
import { discardBelow, type JudgedComparison } from '../metrics/error-versus-discard.ts';
import { type Figure, type Measured, rowsOf, type SuiteReport } from './suite.ts';

const FALSE_MATCH_RATE = 1e-3;
const SHARES = [0.02, 0.05, 0.1, 0.2] as const;

/** What leaving out the pictures of the lowest unified quality does to the error rate of the others. */
export async function measureErrorVersusDiscard(measured: Measured): Promise<SuiteReport> {
  const { engine } = measured;
  const { extracted } = await measured.extraction();
  const qualities = await qualitiesOf(engine, extracted);
  const threshold = compareAllPairs(extracted).thresholdAt(FALSE_MATCH_RATE);
  const comparisons = matedComparisons(extracted, { engine, qualities, threshold });
  const ranked = [...qualities.values()].sort((a, b) => a - b);
  const figures = SHARES.flatMap((share) => figuresAt(share, ranked, comparisons));
  return { rows: rowsOf(measured, figures) };
}

type Qualities = ReadonlyMap<string, number>;

/** By sample id; −1 where not even one component could be assessed. */
async function qualitiesOf(engine: Engine, extracted: readonly Extracted[]): Promise<Qualities> {
  const quality = { measures: QUALITY_MEASURES, of: 'picture' } as const;
  const found = await inTurn(extracted, engine.load().workers + 1, async ({ sample }) => {
    const { faces } = await engine.analyse(await readFile(sample.file), { faces: 'central', quality });
    return [sample.id, unifiedQuality(faces[0]?.quality ?? {}) ?? -1] as const;
  });
  return new Map(found);
}

interface Judging {
  readonly engine: Engine;
  readonly qualities: Qualities;
  readonly threshold: number;
}

/** A comparison is as good as the poorer of its two pictures. */
function matedComparisons(
  extracted: readonly Extracted[],
  { engine, qualities, threshold }: Judging,
): JudgedComparison[] {
  const { packId } = engine.pack;
  const templates = templatesOf({ extracted, failures: [] });
  const templateOf = (id: string) => ({ packId, values: templates.get(id) ?? new Float32Array() });
  return [...idsBySubject(extracted)].flatMap(([subject, ids]) =>
    ids.flatMap((id, i) =>
      ids.slice(i + 1).map((other) => ({
        subject,
        isMissed: compare(templateOf(id), templateOf(other)) < threshold,
        quality: Math.min(qualities.get(id) ?? -1, qualities.get(other) ?? -1),
      })),
    ),
  );
}

function idsBySubject(extracted: readonly Extracted[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { sample } of extracted) {
    const known = ids.get(sample.subject);
    if (known) known.push(sample.id);
    else ids.set(sample.subject, [sample.id]);
  }
  return ids;
}

function figuresAt(
  share: number,
  ranked: readonly number[],
  comparisons: readonly JudgedComparison[],
): Figure[] {
  // The first quality that is kept: ties with it are kept as well.
  const qualityMin = ranked[Math.floor(share * ranked.length)] ?? 0;
  const { falseNonMatchRate, relativeDrop } = discardBelow(comparisons, qualityMin);
  const without = `without the worst ${share * 100} %`;
  return [
    { metric: `FNMR at FMR 1e-3 ${without}`, ...falseNonMatchRate },
    { metric: `FNMR at FMR 1e-3 ${without}: relative drop`, ...relativeDrop },
  ];
}
