import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEngine, type Engine, type InstalledPack, type VideoDecoder } from '@facegate/engine';
import { medianRatio, medianRow, type Row, toRow } from '@facegate/measurement';
import { costOf } from '../cost.ts';
import { makePortraits } from '../photos/portraits.ts';
import { endedChildrenCpuMs, ownPeakMib, peakOfChildrenMib } from '../processes.ts';

const DECODERS: readonly VideoDecoder[] = ['webcodecs', 'ffmpeg'];
const SAMPLES = 12;
const WARM_UP_ROUNDS = 1;
const ROUNDS = 6;

interface Round {
  readonly plainCpuMs: number;
  readonly decidedCpuMs: number;
  readonly decidedWallMs: number;
  readonly childPeakMib: number;
}

/**
 * What it costs to look at a clip of 10 s, 1280×720, H.264: processor time of this process and of those it starts,
 * beside FFmpeg decoding the same clip on one thread and throwing the frames away.
 */
export async function measureVideo(packs: readonly InstalledPack[]): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-bench-video-'));
  try {
    const clip = await makeClip(folder);
    const rows: Row[] = [];
    for (const pack of packs) {
      for (const decoder of DECODERS) rows.push(...(await measure(clip, pack, decoder)));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A camera that wanders over a portrait, with the grain that real sensors give encoders to chew on. */
async function makeClip(folder: string): Promise<string> {
  const [photo] = await makePortraits();
  if (!photo) throw new Error('There is no portrait.');
  const [picture, clip] = [join(folder, 'portrait.jpg'), join(folder, 'clip.mp4')];
  writeFileSync(picture, photo.jpeg);
  const filters = "crop=1280:720:'320+100*sin(t)':'320+60*cos(t)',noise=alls=6:allf=t,format=yuv420p";
  const input = ['-v', 'error', '-nostdin', '-loop', '1', '-framerate', '30', '-t', '10', '-i', picture];
  execFileSync('ffmpeg', [...input, '-vf', filters, '-c:v', 'libx264', '-preset', 'veryfast', clip]);
  return clip;
}

async function measure(clip: string, pack: InstalledPack, decoder: VideoDecoder): Promise<Row[]> {
  const engine = await createEngine({ packFolder: pack.folder, workers: 1, video: { decoder } });
  try {
    const found: Round[] = [];
    for (let index = -WARM_UP_ROUNDS; index < ROUNDS; index++) {
      const round = await measureRound(engine, clip);
      if (index >= 0) found.push(round);
    }
    return toRows(`${pack.manifest.id}, ${decoder}`, found);
  } finally {
    await engine.close();
  }
}

async function measureRound(engine: Engine, clip: string): Promise<Round> {
  const plain = await withChildren(() => decodePlainly(clip));
  let childPeakMib = 0;
  const decided = await withChildren(async () => {
    childPeakMib = await peakOfChildrenMib(() => decide(engine, clip));
  });
  return {
    plainCpuMs: plain.cpuMs,
    decidedCpuMs: decided.cpuMs,
    decidedWallMs: decided.wallMs,
    childPeakMib,
  };
}

async function withChildren(work: () => Promise<void>): Promise<{ cpuMs: number; wallMs: number }> {
  const before = endedChildrenCpuMs();
  const { cpuMs, wallMs } = await costOf(work);
  return { cpuMs: cpuMs + endedChildrenCpuMs() - before, wallMs };
}

async function decodePlainly(clip: string): Promise<void> {
  const input = ['-v', 'error', '-nostdin', '-threads', '1', '-i', clip];
  await promisify(execFile)('ffmpeg', [...input, '-f', 'null', '-']);
}

async function decide(engine: Engine, clip: string): Promise<void> {
  const request = { faces: 'central', template: true, samples: SAMPLES } as const;
  const { facts, frames } = await engine.analyseVideo(clip, request);
  if (!facts.isWhole || frames.length !== SAMPLES) throw new Error('The clip was not read as a whole.');
  if (frames.some(({ faces }) => faces.length !== 1)) throw new Error('A frame without its face.');
}

function toRows(pack: string, found: readonly Round[]): Row[] {
  const named = (metric: string) => ({ suite: 'video', pack, metric });
  const median = (metric: string, of: (round: Round) => number): Row =>
    medianRow(named(metric), found.map(of));
  return [
    median('plain decode of 10 s 720p, CPU ms', (round) => round.plainCpuMs),
    median(`decided by ${SAMPLES} frames, CPU ms`, (round) => round.decidedCpuMs),
    median(`decided by ${SAMPLES} frames, wall ms`, (round) => round.decidedWallMs),
    toRow(
      named('decided ÷ plain decode, CPU'),
      medianRatio(found.map((round) => [round.decidedCpuMs, round.plainCpuMs])),
    ),
    median('decoder processes, peak MiB', (round) => round.childPeakMib),
    medianRow(named('this process, peak MiB'), [ownPeakMib()]),
  ];
}
