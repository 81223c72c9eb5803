import { createEngine, type Engine, type InstalledPack } from '@facegate/engine';
import { type AnalysisRequest, FACE_ATTRIBUTES, QUALITY_MEASURES } from '@facegate/engine/vocabulary';
import { medianRatio, medianRow, type Row, toRow } from '@facegate/measurement';
import sharp from 'sharp';
import { costOf } from '../cost.ts';
import { makePortraits, type Photo } from '../photos/portraits.ts';

/** Enough for V8 to have compiled the loops. */
const WARM_UP_ROUNDS = 8;
const ROUNDS = 24;
/** Of the match path, those of the full detect that it does not have, and those of attacks and manipulation. */
const STAGES = [
  'decode',
  'detect',
  'landmarks',
  'template',
  'portraits',
  'quality',
  'attributes',
  'presentation-attack',
  'provenance',
  'injection',
] as const;

const MATCH_PATH: AnalysisRequest = { faces: 'central', template: true };

/** Of both kinds. */
const ATTACKS: AnalysisRequest = { faces: 'central', presentationAttack: true, injection: true };

/** All that a surface's full detect asks of a face. */
const FULL_DETECT: AnalysisRequest = {
  faces: 'central',
  portraits: [{ aspect: '3:4', size: { width: 480, height: 640 }, padColour: [128, 128, 128] }],
  quality: { measures: QUALITY_MEASURES, of: 'portrait', backgroundColour: [255, 255, 255] },
  attributes: FACE_ATTRIBUTES,
};

interface Round {
  readonly decodeCpuMs: number;
  readonly matchPathCpuMs: number;
  readonly fullDetectCpuMs: number;
  readonly stageMs: Readonly<Record<string, number>>;
}

/**
 * Where the time of one picture goes, on one thread, and what the whole match path costs beside a plain decode of the
 * same JPEG, the one yardstick that travels between machines; and what all quality and all attributes cost beside the
 * match path. A round decodes every photo and then takes every photo
 * down the match path, so that both share the machine's mood while either pays for its own garbage; the quotient is
 * taken round by round.
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
    const decode = await costOf(() => decodeAll(photos));
    const path = await costOf(() => analyseAll(engine, photos, MATCH_PATH));
    const full = await costOf(() => analyseAll(engine, photos, FULL_DETECT));
    const attacks = await analyseAll(engine, photos, ATTACKS);
    if (index < 0) continue;
    found.push({
      decodeCpuMs: decode.cpuMs / photos.length,
      matchPathCpuMs: path.cpuMs / photos.length,
      fullDetectCpuMs: full.cpuMs / photos.length,
      stageMs: { ...attacks, ...full.answer, ...path.answer },
    });
  }
  return found;
}

async function decodeAll(photos: readonly Photo[]): Promise<void> {
  for (const photo of photos) await sharp(photo.jpeg).raw().toBuffer();
}

/** Mean milliseconds of each stage. */
async function analyseAll(
  engine: Engine,
  photos: readonly Photo[],
  request: AnalysisRequest,
): Promise<Record<string, number>> {
  const means: Record<string, number> = {};
  for (const photo of photos) {
    const image = await engine.analyse(photo.jpeg, request);
    if (image.faces.length !== 1) throw new Error(`${photo.name}: no face was found.`);
    for (const [stage, ms] of Object.entries(image.stageMs)) {
      means[stage] = (means[stage] ?? 0) + ms / photos.length;
    }
  }
  return means;
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
    medianRow(
      named('full detect, CPU ms'),
      found.map((round) => round.fullDetectCpuMs),
    ),
    toRow(
      named('full detect ÷ match path, CPU'),
      medianRatio(found.map((round) => [round.fullDetectCpuMs, round.matchPathCpuMs])),
    ),
    ...STAGES.map((stage) =>
      medianRow(
        named(`stage ${stage}, wall ms`),
        found.map((round) => round.stageMs[stage] ?? 0),
      ),
    ),
  ];
}
