/**
 * `npm run train:unified-score:extract -- PACK > FILE`: the quality of every picture of LFW View 1 by component, and which
 * pairs of one person the pack misses at a false match rate of 1e-3, over all pairs. JSON, for `fit.ts`.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, createEngine, type Engine } from '@facegate/engine';
import { QUALITY_MEASURES } from '@facegate/engine/vocabulary';
import { lfwView1 } from '../../accuracy/src/datasets/lfw-view1.ts';
import { extractTemplates } from '../../accuracy/src/extract-templates.ts';
import { inTurn } from '../../accuracy/src/in-turn.ts';
import { compareAllPairs, type Extracted } from '../../accuracy/src/metrics/all-pairs.ts';
import { assessComponents } from '../../packages/server/src/domain/quality/assess-components.ts';
import type { Judged, JudgedPair } from './judged.ts';

const FALSE_MATCH_RATE = 1e-3;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const [pack = 'core'] = process.argv.slice(2);

const dataFolder = process.env['FACEGATE_DATA'] ?? join(ROOT, '.facegate');
const engine = await createEngine({ packFolder: join(dataFolder, 'packs', pack) });
const { extracted } = await extractTemplates(engine, lfwView1().samples, () => {});
const judged: Judged = {
  pack,
  pictures: await picturesOf(engine, extracted),
  pairs: pairsOf(engine, extracted),
};
await engine.close();
process.stdout.write(JSON.stringify(judged));

function picturesOf(judging: Engine, faces: readonly Extracted[]): Promise<Judged['pictures']> {
  const quality = { measures: QUALITY_MEASURES, of: 'picture' } as const;
  const trained = new Set(lfwView1(['Train']).samples.map(({ id }) => id));
  return inTurn(faces, judging.load().workers + 1, async ({ sample }) => {
    const { faces: found } = await judging.analyse(await readFile(sample.file), {
      faces: 'central',
      quality,
    });
    const components = assessComponents(found[0]?.quality ?? {}).flatMap(({ component, quality: of }) =>
      of === undefined ? [] : [{ component, quality: of }],
    );
    return { subject: sample.subject, list: trained.has(sample.id) ? 'Train' : 'Test', components };
  });
}

function pairsOf({ pack: { packId } }: Engine, faces: readonly Extracted[]): JudgedPair[] {
  const threshold = compareAllPairs(faces).thresholdAt(FALSE_MATCH_RATE);
  const templates = faces.map(({ values }) => ({ packId, values }));
  const places = placesBySubject(faces);
  return [...places.values()].flatMap((of) =>
    of.flatMap((a, i) =>
      of.slice(i + 1).flatMap((b) => {
        const [probe, reference] = [templates[a], templates[b]];
        if (!(probe && reference)) return [];
        return { pictures: [a, b] as const, isMissed: compare(probe, reference) < threshold };
      }),
    ),
  );
}

function placesBySubject(faces: readonly Extracted[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { sample }] of faces.entries()) {
    places.set(sample.subject, [...(places.get(sample.subject) ?? []), place]);
  }
  return places;
}
