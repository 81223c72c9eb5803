/**
 * `npm run accuracy [-- suite…] [--pack core|accurate] [--data FOLDER] [--json FILE]`: measures installed packs on
 * labelled pictures, prints a table with n and 95 % intervals, and writes it as JSON with a DET chart beside it.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createEngine, type InstalledPack, listPacks } from '@facegate/engine';
import { formatTable, type Row, writeRows } from '@facegate/measurement';
import type { Dataset } from './datasets/dataset.ts';
import { deepfacePairs } from './datasets/deepface-pairs.ts';
import { lfw10x10 } from './datasets/lfw-10x10.ts';
import { lfwView1 } from './datasets/lfw-view1.ts';
import { type DetSeries, drawDetChart } from './report/det-chart.ts';
import { measureVerification } from './suites/verification.ts';

const SUITES: Readonly<Record<string, () => Dataset>> = {
  'lfw-view1': lfwView1,
  'lfw-10x10': lfw10x10,
  'deepface-pairs': deepfacePairs,
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = join(ROOT, 'accuracy', 'out');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { pack: { type: 'string' }, json: { type: 'string' } },
});

const suites = positionals.length > 0 ? positionals : Object.keys(SUITES);
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

async function measurePack(pack: InstalledPack): Promise<void> {
  const engine = await createEngine({ packFolder: pack.folder });
  for (const name of suites) {
    const dataset = SUITES[name]?.();
    if (!dataset) continue;
    const started = performance.now();
    const {
      rows: found,
      det,
      anchors,
    } = await measureVerification(engine, dataset, (done) => {
      if (process.stderr.isTTY)
        process.stderr.write(`\r${pack.manifest.id} ${name} ${done}/${dataset.samples.length} `);
    });
    rows.push(...found);
    if (det.points.length > 0) curves.push(det);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.error(`${pack.manifest.id} ${name}: ${seconds} s; thresholds ${JSON.stringify(anchors)}`);
  }
  await engine.close();
}

async function report(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  writeRows(options.json ?? join(OUT, 'accuracy.json'), rows);
  console.log(formatTable(rows, { isShare: ({ metric }) => !metric.startsWith('score at') }));
  if (curves.length === 0) return;
  const chart = join(OUT, 'det.png');
  writeFileSync(chart, await drawDetChart(curves));
  console.log(`\nDET curves: accuracy/out/det.png`);
}
