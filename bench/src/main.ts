/**
 * `npm run bench [-- suite…] [--pack ID] [--json FILE]`: what it costs, as ratios within one run, with n and 95 %
 * intervals.
 *
 * @module
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type InstalledPack, listPacks } from '@facegate/engine';
import { formatTable, type Row, writeRows } from '@facegate/measurement';
import { measureAuthentication } from './suites/authentication.ts';
import { measureHttp } from './suites/http.ts';
import { measureHuman } from './suites/human.ts';
import { measureStages } from './suites/stages.ts';
import { measureStore } from './suites/store.ts';
import { measureThroughput } from './suites/throughput.ts';
import { measureVideo } from './suites/video.ts';

const SUITES: Readonly<Record<string, (packs: readonly InstalledPack[]) => Promise<Row[]>>> = {
  stages: measureStages,
  human: measureHuman,
  http: measureHttp,
  throughput: measureThroughput,
  store: measureStore,
  video: measureVideo,
  authentication: measureAuthentication,
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { pack: { type: 'string' }, json: { type: 'string' } },
});

const names = positionals.length > 0 ? positionals : Object.keys(SUITES);
const unknown = names.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  throw new Error(`Unknown suite ${unknown.join(', ')}. Known: ${Object.keys(SUITES).join(', ')}.`);
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const packsFolder = join(process.env['FACEGATE_DATA'] || join(root, '.facegate'), 'packs');
const packs = (await listPacks(packsFolder)).filter(
  ({ manifest }) => !options.pack || manifest.id === options.pack,
);
if (packs.length === 0) throw new Error(`No such pack in ${packsFolder}. See: npx facegate models list`);

const rows: Row[] = [];
for (const name of names) {
  const measure = SUITES[name];
  if (!measure) continue;
  console.error(`measuring ${name} …`);
  rows.push(...(await measure(packs)));
}
console.log(formatTable(rows));
if (options.json) writeRows(options.json, rows);
