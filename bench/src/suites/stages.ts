import { createEngine, type Engine, type InstalledPack } from '@facegate/engine';
import { medianRatio, medianRow, type Row, toRow } from '@facegate/measurement';
import sharp from 'sharp';
import { costOf } from '../cost.ts';
import { makePortraits, type Photo } from '../photos/portraits.ts';

const WARM_UP_ROUNDS = 16;
const ROUNDS = 30;
const STAGES = ['decode', 'detect', 'landmarks', 'template'] as const;

interface Round {
  readonly decodeCpuMs: number;
  readonly matchPathCpuMs: number;
  readonly stageMs: Readonly<Record<string, number>>;
}

/**
 * Where the time of one picture goes, on one thread, and what the whole match path costs beside a plain decode of the
 * same JPEG, the one yardstick that travels between machines. Both are measured in turn, so that they share the
 * machine's mood; the quotient is taken round by round.
 */
export async function measureStages(packs: readonly InstalledPack[]): Promise<Row[]> {
  const photos = await makePortraits();
  // One thread each: processor time is compared, and a second thread would only blur it.
  sharp.concurrency(1);
  sharp.cache(false);
  const rows: Row[] = [];
  for (const pack of packs) {
    const engine = await createEngine({ packFolder: pack.folder, workers: 1 });
    try {
      rows.push(...toRows(pack.manifest.id, await rounds(engine, photos)));
    } finally {
      await engine.close();
    }
  }
  return rows;
}

async function rounds(engine: Engine, photos: readonly Photo[]): Promise<Round[]> {
  const found: Round[] = [];
  for (let index = -WARM_UP_ROUNDS; index < ROUNDS; index++) {
    const photo = photos[(index + WARM_UP_ROUNDS) % photos.length];
    if (!photo) break;
    const decode = await costOf(() => sharp(photo.jpeg).raw().toBuffer());
    const path = await costOf(() => engine.analyse(photo.jpeg, { faces: 'central', template: true }));
    if (path.answer.faces.length !== 1) throw new Error(`${photo.name}: no face was found.`);
    const { stageMs } = path.answer;
    if (index >= 0) found.push({ decodeCpuMs: decode.cpuMs, matchPathCpuMs: path.cpuMs, stageMs });
  }
  return found;
}

function toRows(pack: string, found: readonly Round[]): Row[] {
  const named = (metric: string) => ({ suite: 'stages', pack, metric });
  return [
    medianRow(
      named('plain JPEG decode, CPU ms'),
      found.map((round) => round.decodeCpuMs),
    ),
    medianRow(
      named('match path, CPU ms'),
      found.map((round) => round.matchPathCpuMs),
    ),
    toRow(
      named('match path ÷ plain decode, CPU'),
      medianRatio(found.map((round) => [round.matchPathCpuMs, round.decodeCpuMs])),
    ),
    ...STAGES.map((stage) =>
      medianRow(
        named(`stage ${stage}, wall ms`),
        found.map((round) => round.stageMs[stage] ?? 0),
      ),
    ),
  ];
}
