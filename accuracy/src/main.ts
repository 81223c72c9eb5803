/**
 * `npm run accuracy [-- suite…] [--pack core|accurate] [--json FILE]`: measures installed packs on
 * labelled pictures, by all suites or those named (`deepfake`, `pad`: all that begin so), prints a table with n and 95 % intervals, and writes it as JSON with a DET chart beside it.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createEngine, type InstalledPack, listPacks } from '@facegate/engine';
import { formatTable, type Row, writeRows } from '@facegate/measurement';
import { asTheyCame } from './datasets/as-they-came.ts';
import { type Dataset, thinned } from './datasets/dataset.ts';
import { deepfacePairs } from './datasets/deepface-pairs.ts';
import { faceMask } from './datasets/face-mask.ts';
import { generatedFaces } from './datasets/generated-faces.ts';
import { lfw10x10 } from './datasets/lfw-10x10.ts';
import { lfwView1 } from './datasets/lfw-view1.ts';
import { lfwView1List } from './datasets/lfw-view1-lists.ts';
import { mesonet } from './datasets/mesonet.ts';
import { padSamples } from './datasets/pad-samples.ts';
import { swappedClip } from './datasets/swapped-clip.ts';
import { Extractions } from './extractions.ts';
import { type DetSeries, drawDetChart } from './report/det-chart.ts';
import { measureClosedSet } from './suites/closed-set.ts';
import { measureGenerated, measureManipulations } from './suites/deepfake.ts';
import { measureClips, measureFewPictures } from './suites/deepfake-few.ts';
import { measureThresholds } from './suites/deepfake-thresholds.ts';
import { measureErrorVersusDiscard } from './suites/error-versus-discard.ts';
import { measureFaceMask } from './suites/face-mask.ts';
import { measureOpenSet } from './suites/open-set.ts';
import { measureBonaFide } from './suites/pad-bona-fide.ts';
import { measurePadSamples } from './suites/pad-samples.ts';
import { createSimulatedAttacksSuite } from './suites/pad-simulated.ts';
import { measureServedSearch } from './suites/served-search.ts';
import type { Measured, SuiteReport } from './suites/suite.ts';
import { measureVerification } from './suites/verification.ts';

interface Suite {
  readonly dataset: () => Dataset;
  readonly measure: (measured: Measured) => Promise<SuiteReport>;
}

/** Of the photographs that are checked for attacks, every so manyth is. */
const BONA_FIDE_STEP = 5;

const SUITES: Readonly<Record<string, Suite>> = {
  'lfw-view1': { dataset: () => lfwView1(), measure: measureVerification },
  'lfw-10x10': { dataset: lfw10x10, measure: measureVerification },
  'deepface-pairs': { dataset: deepfacePairs, measure: measureVerification },
  'lfw-view1-error-versus-discard': { dataset: () => lfwView1(), measure: measureErrorVersusDiscard },
  'face-mask': { dataset: faceMask, measure: measureFaceMask },
  'deepfake-lfw-view1': { dataset: () => lfwView1List('test'), measure: measureManipulations },
  'deepfake-stylegan3': { dataset: generatedFaces, measure: measureGenerated },
  'deepfake-thresholds': { dataset: asTheyCame, measure: measureThresholds },
  'deepfake-mesonet': { dataset: mesonet, measure: measureFewPictures },
  'deepfake-clips': { dataset: swappedClip, measure: measureClips },
  'lfw-view1-closed-set': { dataset: () => lfwView1(), measure: measureClosedSet },
  'lfw-view1-open-set': { dataset: () => lfwView1(), measure: measureOpenSet },
  'lfw-view1-served-search': { dataset: () => lfwView1(), measure: measureServedSearch },
  'pad-simulated': { dataset: () => lfwView1(['Test']), measure: createSimulatedAttacksSuite() },
  'pad-samples': { dataset: padSamples, measure: measurePadSamples },
  'pad-lfw-view1': { dataset: () => thinned(lfwView1(), BONA_FIDE_STEP), measure: measureBonaFide },
  'pad-deepface-pairs': { dataset: deepfacePairs, measure: measureBonaFide },
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = join(ROOT, 'accuracy', 'out');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { pack: { type: 'string' }, json: { type: 'string' } },
});

/** A name's first word stands for all suites that begin with it. */
const suites = positionals.length > 0 ? positionals.flatMap(suitesCalled) : Object.keys(SUITES);
const unknown = suites.filter((name) => !SUITES[name]);
if (unknown.length > 0)
  throw new Error(`Unknown suite ${unknown.join(', ')}. Known: ${Object.keys(SUITES).join(', ')}.`);

const packsFolder = join(process.env['FACEGATE_DATA'] ?? join(ROOT, '.facegate'), 'packs');
const packs = (await listPacks(packsFolder)).filter(
  ({ manifest }) => !options.pack || manifest.id === options.pack,
);
if (packs.length === 0) throw new Error('No such pack is installed. See: npx facegate models list');

const rows: Row[] = [];
const curves: DetSeries[] = [];
for (const pack of packs) await measurePack(pack);
await report();

function suitesCalled(name: string): readonly string[] {
  if (SUITES[name]) return [name];
  const begun = Object.keys(SUITES).filter((suite) => suite.startsWith(`${name}-`));
  return begun.length > 0 ? begun : [name];
}

async function measurePack(pack: InstalledPack): Promise<void> {
  const engine = await createEngine({ packFolder: pack.folder });
  const extractions = new Extractions(engine, ({ name, samples }, done) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${pack.manifest.id} ${name} ${done}/${samples.length} `);
  });
  for (const name of suites) {
    const suite = SUITES[name];
    if (!suite) continue;
    const dataset = suite.dataset();
    const measured = { suite: name, pack, engine, dataset, extraction: () => extractions.of(dataset) };
    await measureSuite(suite, measured);
  }
  await engine.close();
}

async function measureSuite({ measure }: Suite, measured: Measured): Promise<void> {
  const started = performance.now();
  const { rows: found, det, anchors } = await measure(measured);
  rows.push(...found);
  if (det) curves.push(det);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const thresholds = anchors ? `; thresholds ${JSON.stringify(anchors)}` : '';
  console.error(`${measured.pack.manifest.id} ${measured.suite}: ${seconds} s${thresholds}`);
}

async function report(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  writeRows(options.json ?? join(OUT, 'accuracy.json'), rows);
  console.log(formatTable(rows, { isShare: ({ metric }) => !/score at|^log-odds|AUC/.test(metric) }));
  if (curves.length === 0) return;
  const chart = join(OUT, 'det.png');
  writeFileSync(chart, await drawDetChart(curves));
  console.log(`\nDET curves: accuracy/out/det.png`);
}
