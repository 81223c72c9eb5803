/**
 * `npm run calibrate:pad`: fits what each signal of presentation attack detection says to simulated recaptures of LFW View
 * 1's training list and to its photographs as they are, and prints `calibration.data.ts`'s numbers as JSON. Then the same
 * with one species of attack left out, with the area under the curve on that species, to show what carries over.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evidenceOf, logOddsOf, openPadMeter } from '@facegate/engine/pad';
import { lfwView1 } from '../datasets/lfw-view1.ts';
import { inTurn } from '../in-turn.ts';
import { areaUnderCurve } from '../metrics/area-under-curve.ts';
import { fitCalibration, type PadTrial } from './fit-calibration.ts';
import { simulatedSet } from './simulated-set.ts';

/** Of the photographs as they are, every so manyth that is in the training list. */
const PHOTOGRAPH_STEP = 10;

interface Picture {
  readonly subject: string;
  readonly presentation: string;
  readonly read: () => Promise<Uint8Array>;
}

const packs = join(
  process.env['FACEGATE_DATA'] ?? fileURLToPath(new URL('../../../.facegate', import.meta.url)),
  'packs',
);
const meter = await openPadMeter(join(packs, 'accurate'));
const trials = await measureAll(await developmentPictures());
await meter.release();
console.log(JSON.stringify(fitCalibration(trials.map(({ trial }) => trial)), undefined, 2));
for (const species of ['print', 'screen']) console.error(leaveOut(species));

async function developmentPictures(): Promise<Picture[]> {
  const inTraining = new Set(lfwView1(['Train']).samples.map(({ id }) => id));
  const photographs = lfwView1().samples.filter(
    ({ id }, index) => index % PHOTOGRAPH_STEP === PHOTOGRAPH_STEP - 1 && inTraining.has(id),
  );
  return [
    ...(await simulatedSet('Train')).map(({ make, ...picture }) => ({ ...picture, read: make })),
    ...photographs.map(({ file, subject }) => ({
      subject,
      presentation: 'photograph',
      read: () => readFile(file),
    })),
  ];
}

async function measureAll(pictures: readonly Picture[]) {
  const found = await inTurn(pictures, 1, async ({ subject, presentation, read }) => {
    const measured = await meter.measure(await read());
    const isAttack = presentation === 'print' || presentation === 'screen';
    const isOriginal = presentation === 'photograph';
    const trial: PadTrial | undefined = measured && { subject, measured, isAttack, isOriginal };
    return trial ? [{ presentation, trial }] : [];
  });
  return found.flat();
}

function leaveOut(species: string): string {
  const kept = trials.filter(({ presentation }) => presentation !== species);
  const { signals, fusion } = fitCalibration(kept.map(({ trial }) => trial));
  const scores = (wanted: string): number[] =>
    trials
      .filter(({ presentation }) => presentation === wanted)
      .map(({ trial }) => logOddsOf(evidenceOf(trial.measured, { signals }), fusion.withNetwork));
  const area = areaUnderCurve(scores(species), scores('bona-fide'));
  return `${species} left out of the fit: AUC on it ${area.toFixed(3)}, n = ${scores(species).length}`;
}
