/**
 * `node --import tsx --conditions=@facegate/source training/injection/video/extract.ts [train|test|real]…`: makes clips of
 * photographs, untouched and manipulated frame by frame, or takes real ones, and writes what the video signals read of them
 * to `training/injection/out/clips-<set>.json`. Needs ffmpeg.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sample } from '../../../accuracy/src/datasets/dataset.ts';
import { lfwView1List } from '../../../accuracy/src/datasets/lfw-view1-lists.ts';
import { sequenceFor } from '../../../accuracy/src/manipulations/encode-alike.ts';
import { between, type Portrayed } from '../../../accuracy/src/manipulations/manipulation.ts';
import { type Raster, readRaster } from '../../../accuracy/src/manipulations/raster.ts';
import { DEFAULT_IMAGE_LIMITS } from '../../../packages/engine/src/image/limits.ts';
import { readManifest } from '../../../packages/engine/src/packs/installed-packs.ts';
import { analyseImage } from '../../../packages/engine/src/pipeline/analyse-image.ts';
import { loadModels } from '../../../packages/engine/src/pipeline/models.ts';
import { throughH264 } from './clip-codec.ts';
import { CLIP_KINDS, type ClipKind, manipulatedClip } from './frame-wise.ts';
import { movedPhotograph } from './moved-photograph.ts';
import { readClip } from './read-clip.ts';
import { CLIP_SETS, type ReadClip } from './read-clips.ts';
import { piecesOf, REAL_CLIPS } from './real-clips.ts';

/** People of each list: the fit needs few, as each signal is one number. */
const PEOPLE = { train: 12, test: 24 } as const;
const CRF = { low: 18, high: 30 } as const;
const OUT = fileURLToPath(new URL('../out/', import.meta.url));
const PACK = fileURLToPath(new URL('../../../.facegate/packs/accurate', import.meta.url));
const KINDS = Object.keys(CLIP_KINDS) as ClipKind[];

const models = await loadModels(PACK, await readManifest(PACK));
mkdirSync(OUT, { recursive: true });
const asked = process.argv.slice(2);
for (const set of CLIP_SETS.filter((name) => asked.length === 0 || asked.includes(name))) {
  const found = await (set === 'real' ? readRealClips() : readPhotographs(set));
  writeFileSync(`${OUT}clips-${set}.json`, JSON.stringify(found, undefined, 1));
}

/** A clip of each person untouched, and of each but the first one of every kind, the person before being the donor. */
async function readPhotographs(set: 'train' | 'test'): Promise<ReadClip[]> {
  const found: ReadClip[] = [];
  let donor: Portrayed | undefined;
  for (const { id, subject, file } of somePeople(set)) {
    const portrayed = await portrayedIn(readFileSync(file));
    if (!portrayed) continue;
    const frames = movedPhotograph(portrayed, id);
    const read = async (kind: ReadClip['kind'], made: readonly Raster[]): Promise<void> => {
      const reading = await readClip(throughH264(made, crfOf(id)), models);
      found.push({ set, id, subject, kind, reading });
    };
    const untouched = frames.map(({ raster }) => raster);
    await read('genuine', untouched);
    if (donor) for (const kind of KINDS) await read(kind, await manipulatedClip(kind, { frames, donor, id }));
    donor = portrayed;
  }
  return found;
}

async function readRealClips(): Promise<ReadClip[]> {
  const found: ReadClip[] = [];
  for (const { name, kind, frames } of REAL_CLIPS) {
    for (const { piece, frames: some } of piecesOf(throughH264(frames(), crfOf('real')))) {
      const reading = await readClip(some, models);
      found.push({ set: 'real', id: `${name}, ${piece}`, subject: name, kind, reading });
    }
  }
  return found;
}

/** One picture of each, spread over the list. */
function somePeople(set: 'train' | 'test'): Sample[] {
  const onePicture = new Map(lfwView1List(set).samples.map((sample) => [sample.subject, sample]));
  const people = [...onePicture.values()];
  const step = Math.floor(people.length / PEOPLE[set]);
  return people.filter((_, index) => index % step === 0).slice(0, PEOPLE[set]);
}

async function portrayedIn(bytes: Uint8Array): Promise<Portrayed | undefined> {
  const options = { limits: DEFAULT_IMAGE_LIMITS };
  const { faces } = await analyseImage(bytes, { faces: 'central', mesh: true }, models, options);
  const mesh = faces[0]?.mesh;
  return mesh && { raster: await readRaster(bytes), mesh };
}

/** Of one source all clips are compressed alike. */
function crfOf(id: string): number {
  return Math.round(between(sequenceFor(id, 'compression'), CRF.low, CRF.high));
}
