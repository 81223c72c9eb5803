/**
 * `npm run train:unified-score -- FILE…`: fits the weights of the unified score to what `extract.ts` wrote of each pack,
 * by the training list alone, and prints them with what they do to people left out of the fit and to the test list.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { QualityComponent } from '../../packages/server/src/domain/quality/assess-components.ts';
import type { ComponentWeights } from '../../packages/server/src/domain/quality/unified-score.ts';
import { type Discarding, discardingOf } from './discarding.ts';
import type { Judged } from './judged.ts';

/** What the components gained in the public report on the standard's reference implementation, and the first fit. */
const START: ComponentWeights = {
  'head-pose-yaw': 2,
  'head-pose-pitch': 4,
  'head-pose-roll': 4,
  sharpness: 4,
  'face-occlusion-prevention': 4,
  'eyes-open': 2,
  'eyes-visible': 2,
  'inter-eye-distance': 1,
  'mouth-occlusion-prevention': 1,
  'under-exposure-prevention': 0.5,
  'over-exposure-prevention': 0.5,
  'luminance-mean': 0.5,
  'dynamic-range': 0.5,
  'compression-artifacts': 0.25,
};
const WEIGHT_MAX = 8;
const FIRST_WEIGHTS = [0.25, 0.5, 1, 2];
const ROUNDS_MAX = 6;
const PARTS = 4;
/** A step that gains less, as a share of the errors, is chance; the first did best on people left out of the fit. */
const GAINS_MIN = [0.003, 0.006, 0.01];
const [GAIN_MIN = 0] = GAINS_MIN;
const TOLD = [0.05, 0.1, 0.2];

const packs = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Judged);
const components: readonly QualityComponent[] = [
  ...new Set(
    packs.flatMap(({ pictures }) =>
      pictures.flatMap((of) => of.components.map(({ component }) => component)),
    ),
  ),
].sort();
const subjects = [...new Set(packs.flatMap(({ pictures }) => pictures.map(({ subject }) => subject)))].sort();
const partOf = new Map(subjects.map((subject, i) => [subject, i % PARTS]));

for (const gainMin of GAINS_MIN)
  tell(`left out of the fit, steps of ${gainMin} or more`, crossValidated(gainMin));
const weights = fitWeights(
  inTraining(() => true),
  GAIN_MIN,
);
tell('test list', dropsOf(weights, pictures('Test')));
tell('test list, before', dropsOf(START, pictures('Test')));
tell(
  'both lists',
  dropsOf(
    weights,
    packs.map((pack) => discardingOf(pack, () => true)),
  ),
);
console.log(weights);

function crossValidated(gainMin: number): number[][] {
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const fitted = fitWeights(
      inTraining((subject) => partOf.get(subject) !== part),
      gainMin,
    );
    return dropsOf(
      fitted,
      inTraining((subject) => partOf.get(subject) === part),
    );
  });
  return packs.map((_, pack) =>
    TOLD.map((_share, i) => parts.reduce((sum, drops) => sum + (drops[pack]?.[i] ?? 0), 0) / PARTS),
  );
}

/** One weight after the other, halved, doubled, taken away or brought in, for as long as that gains. */
function fitWeights(discardings: readonly Discarding[], gainMin: number): ComponentWeights {
  let best: ComponentWeights = START;
  let gain = meanDrop(best, discardings);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = best;
    for (const component of components) {
      for (const weight of steps(best[component] ?? 0)) {
        const tried = { ...best, [component]: weight };
        const drop = meanDrop(tried, discardings);
        if (drop > gain + gainMin) [best, gain] = [tried, drop];
      }
    }
    if (best === before) break;
  }
  return best;
}

function steps(weight: number): number[] {
  return weight === 0 ? FIRST_WEIGHTS : [0, weight / 2, Math.min(WEIGHT_MAX, weight * 2)];
}

function meanDrop(tried: ComponentWeights, discardings: readonly Discarding[]): number {
  return discardings.reduce((sum, { meanDrop: of }) => sum + of(tried), 0) / discardings.length;
}

function dropsOf(tried: ComponentWeights, discardings: readonly Discarding[]): number[][] {
  return discardings.map(({ dropAt }) => TOLD.map((share) => dropAt(tried, share)));
}

function inTraining(isIn: (subject: string) => boolean): Discarding[] {
  return packs.map((pack) => discardingOf(pack, ({ list, subject }) => list === 'Train' && isIn(subject)));
}

function pictures(wanted: 'Train' | 'Test'): Discarding[] {
  return packs.map((pack) => discardingOf(pack, ({ list }) => list === wanted));
}

function tell(of: string, drops: readonly (readonly number[])[]): void {
  for (const [i, shares] of drops.entries()) {
    const figures = shares.map((drop, k) => `${100 * (TOLD[k] ?? 0)} %: ${(100 * drop).toFixed(1)} %`);
    console.log(`${of}, ${packs[i]?.pack}: errors lower by ${figures.join(', ')}`);
  }
}
