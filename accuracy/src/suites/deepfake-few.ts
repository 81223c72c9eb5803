import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from '../datasets/dataset.ts';
import { SCENE_CLIPS } from '../datasets/swapped-clip.ts';
import { type FewJudged, fewFigures } from '../deepfake/few-figures.ts';
import { inTurn } from '../in-turn.ts';
import { encodeAlike } from '../manipulations/encode-alike.ts';
import { readRaster } from '../manipulations/raster.ts';
import { type Measured, rowsOf, type SuiteReport } from './suite.ts';

const AS_IT_CAME = 'as it came';
const ENCODED_ALIKE = 'encoded alike';

/** A few pictures of both kinds, as they came and encoded alike. */
export async function measureFewPictures(measured: Measured): Promise<SuiteReport> {
  const { engine } = measured;
  const judge = async (bytes: Uint8Array) => {
    const { faces } = await engine.analyse(bytes, { faces: 'central', injection: true });
    return faces[0]?.injection;
  };
  const alike = async ({ id, file }: Sample) => encodeAlike(await readRaster(await readFile(file)), id);
  return reportOf(measured, {
    [AS_IT_CAME]: async ({ file }) => judge(await readFile(file)),
    [ENCODED_ALIKE]: async (sample) => judge(await alike(sample)),
  });
}

/** One scene twice, as it was taken and with a swapped face; as they came, and at one size through one encoder. */
export async function measureClips(measured: Measured): Promise<SuiteReport> {
  const { engine } = measured;
  const folder = mkdtempSync(join(tmpdir(), 'facegate-clips-'));
  const judge = async (file: string) =>
    (await engine.analyseVideo(file, { faces: 'central', injection: true })).injection;
  try {
    return await reportOf(measured, {
      [AS_IT_CAME]: ({ file }) => judge(file),
      [ENCODED_ALIKE]: (sample) => judge(encodeClip(sample, folder)),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Judge = (sample: Sample) => Promise<FewJudged['injection']>;

async function reportOf(measured: Measured, ways: Readonly<Record<string, Judge>>): Promise<SuiteReport> {
  const figures = [];
  for (const [way, judge] of Object.entries(ways)) {
    const judged = await inTurn(measured.dataset.samples, 1, async (sample) => ({
      id: sample.id,
      isManipulated: sample.subject !== 'genuine',
      injection: await judge(sample),
    }));
    figures.push(...fewFigures(way, judged));
  }
  return { rows: rowsOf(measured, figures) };
}

/** @throws Error when ffmpeg is not installed. */
function encodeClip({ id, file }: Sample, folder: string): string {
  const filters = SCENE_CLIPS.find((clip) => clip.id === id)?.alike ?? 'null';
  const encoded = join(folder, id);
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p', '-an'];
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-i', file, '-vf', filters, ...encoder, encoded]);
  return encoded;
}
