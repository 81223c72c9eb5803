/**
 * `node --import tsx --conditions=@facegate/source training/injection/video/fit.ts`: fits each video signal to the clips of
 * `out/clips-*.json` that are made of the training list, prints how it does on people that the fit has not seen, and what it
 * says of clips that a camera took. Deterministic; changes no file.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { areaUnderCurve } from '../../../accuracy/src/metrics/auc.ts';
import { fitRidgeLogistic } from '../ridge-logistic.ts';
import { CLIP_KINDS } from './frame-wise.ts';
import { VIDEO_SIGNALS, type VideoSignal } from './read-clip.ts';
import { CLIP_SETS, type ReadClip } from './read-clips.ts';

const all = CLIP_SETS.flatMap((set) => {
  const file = fileURLToPath(new URL(`../out/clips-${set}.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as ReadClip[];
});
const of = (set: ReadClip['set']): ReadClip[] => all.filter((clip) => clip.set === set);

reportSizes();
for (const signal of VIDEO_SIGNALS) report(signal);

function reportSizes(): void {
  for (const set of ['train', 'test'] as const) {
    const counts = ['genuine', ...Object.keys(CLIP_KINDS)].map(
      (kind) => `${kind} ${of(set).filter((clip) => clip.kind === kind).length}`,
    );
    console.log(`${set}: ${counts.join(', ')}`);
  }
}

function report(signal: VideoSignal): void {
  const ratioOf = fitted(signal);
  console.log(`\n${signal}: AUC on the test list; log-likelihood ratio on real clips`);
  for (const kind of Object.keys(CLIP_KINDS)) console.log(`  ${kind}: ${heldOutArea(signal, kind)}`);
  for (const { id, kind, reading } of of('real')) {
    const value = reading[signal];
    const said =
      value === undefined ? 'no ground' : `${value.toFixed(4)}, ratio ${ratioOf(value).toFixed(2)}`;
    console.log(`  ${id}, ${kind}: ${said}`);
  }
}

/** @returns what a reading of the signal says, by a logistic regression on its logarithm. */
function fitted(signal: VideoSignal): (value: number) => number {
  const rows = of('train').flatMap(({ kind, reading }) => {
    const value = reading[signal];
    return value === undefined ? [] : [{ terms: [Math.log(value), 1], isManipulated: kind !== 'genuine' }];
  });
  const [slope = 0, bias = 0] = fitRidgeLogistic(rows, { ridge: 1, isBiasFree: true });
  return (value) => slope * Math.log(value) + bias;
}

function heldOutArea(signal: VideoSignal, kind: string): string {
  const scored = of('test').flatMap((clip) => {
    const score = clip.reading[signal];
    if (score === undefined || (clip.kind !== kind && clip.kind !== 'genuine')) return [];
    return [{ subject: clip.subject, score, isPositive: clip.kind === kind }];
  });
  const { value, low, high, n } = areaUnderCurve(scored);
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}), n = ${n}`;
}
