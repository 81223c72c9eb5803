/**
 * `node --import tsx --conditions=@facegate/source training/injection/network/fit.ts PACK GENUINE MANIPULATED`: asks the
 * networks for manipulated faces that the pack in folder PACK names about the pictures of two folders, and prints for each
 * how it tells them apart and a calibration for its manifest. Changes no file.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { createEngine } from '@facegate/engine';
import { areaUnderCurve, type ScoredTrial } from '../../../accuracy/src/metrics/auc.ts';
import { calibrationOf } from './calibration-of.ts';

const PICTURES: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.png', '.webp']);

const [packFolder, genuineFolder, manipulatedFolder] = process.argv.slice(2);
if (!packFolder || !genuineFolder || !manipulatedFolder) {
  throw new Error('Name three folders: of the pack, of genuine pictures, of manipulated ones.');
}
const engine = await createEngine({ packFolder });
const said = new Map<string, ScoredTrial[]>();
await ask(genuineFolder, false);
await ask(manipulatedFolder, true);
await engine.close();
for (const [signal, trials] of said) report(signal, trials);

async function ask(folder: string, isPositive: boolean): Promise<void> {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!PICTURES.has(extname(path).toLowerCase())) continue;
    const bytes = readFileSync(join(folder, path));
    const { faces } = await engine.analyse(bytes, { faces: 'central', injection: true });
    for (const { signal, networkLogOdds } of faces[0]?.injection?.evidence ?? []) {
      if (networkLogOdds === undefined) continue;
      said.set(signal, [...(said.get(signal) ?? []), { subject: path, score: networkLogOdds, isPositive }]);
    }
  }
}

function report(signal: string, trials: readonly ScoredTrial[]): void {
  const { value, low, high, n } = areaUnderCurve(trials);
  console.log(`${signal}: AUC ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}), n = ${n}`);
  console.log(JSON.stringify(calibrationOf(trials), undefined, 2));
}
