import type { InstalledPack } from '@facegate/engine';
import { medianRatio, medianRow, type Row, toRow } from '@facegate/measurement';
import { type Contestant, type Lap, startContestant } from '../contestant.ts';
import { makePortraits } from '../photos/portraits.ts';

/** Enough for V8 to have compiled the loops of both sides. */
const WARM_UP_ROUNDS = 24;
const ROUNDS = 16;

/**
 * Detection and template against `@vladmandic/human` 3.3.6 on its node-wasm build (SIMD; its threads do not start
 * under Node): a process each, the same pictures in turn, one central face.
 *
 * Their side runs detector, mesh and description, nothing else, no caching between pictures. The mesh is on because
 * their description is computed from the crop it aligns. Both sides are timed from decoded pixels; the rows on CPU
 * add our JPEG decode, which their side is spared.
 */
export async function measureHuman(packs: readonly InstalledPack[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const pack of packs) {
    const human = await startContestant(new URL('./human-contestant.ts', import.meta.url), []);
    const ours = await startContestant(new URL('./engine-contestant.ts', import.meta.url), [pack.folder]);
    try {
      rows.push(...toRows(pack.manifest.id, await race(human, ours)));
    } finally {
      await Promise.all([human.stop(), ours.stop()]);
    }
  }
  return rows;
}

interface Round {
  readonly human: Lap;
  readonly ours: Lap;
}

async function race(human: Contestant, ours: Contestant): Promise<Round[]> {
  const photos = await makePortraits();
  const found: Round[] = [];
  for (let index = -WARM_UP_ROUNDS; index < ROUNDS; index++) {
    const photo = photos[(index + WARM_UP_ROUNDS) % photos.length];
    if (!photo) break;
    const round = { human: await human.lap(photo.jpeg), ours: await ours.lap(photo.jpeg) };
    if (round.human.faces !== 1 || round.ours.faces !== 1) {
      throw new Error(`${photo.name}: human found ${round.human.faces} faces, we ${round.ours.faces}.`);
    }
    if (index >= 0) found.push(round);
  }
  return found;
}

function toRows(pack: string, found: readonly Round[]): Row[] {
  const named = (metric: string) => ({ suite: 'human', pack, metric });
  const pairs = (pick: (lap: Lap) => number) =>
    found.map((round) => [pick(round.human), pick(round.ours)] as const);
  return [
    medianRow(
      named('human, pixels to template, ms'),
      found.map((round) => round.human.pixelsToTemplateMs),
    ),
    medianRow(
      named('facegate, pixels to template, ms'),
      found.map((round) => round.ours.pixelsToTemplateMs),
    ),
    toRow(named('human ÷ facegate, pixels to template'), medianRatio(pairs((lap) => lap.pixelsToTemplateMs))),
    toRow(named('human without decode ÷ facegate with decode, CPU'), medianRatio(pairs((lap) => lap.cpuMs))),
  ];
}
