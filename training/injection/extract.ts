/**
 * `node --import tsx --conditions=@facegate/source training/injection/extract.ts [share]`: makes the development trials
 * and writes what every signal reads of them to `training/injection/out/readings.json`.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createEngine } from '@facegate/engine';
import { generatedFaces } from '../../accuracy/src/datasets/generated-faces.ts';
import { lfwView1List } from '../../accuracy/src/datasets/lfw-view1-lists.ts';
import { generatedTrials } from '../../accuracy/src/manipulations/generated-trials.ts';
import { manipulatedTrials } from '../../accuracy/src/manipulations/manipulated-trials.ts';
import type { Trial } from '../../accuracy/src/manipulations/trial.ts';
import { decodeImage } from '../../packages/engine/src/image/decode.ts';
import { readSignals } from '../../packages/engine/src/injection/read-signals.ts';
import type { ReadTrial } from './read-trial.ts';

/** Every so-manieth picture of the training list. */
const EVERY = Number(process.argv[2] ?? 7);
const OUT = fileURLToPath(new URL('./out/', import.meta.url));
const PACK = fileURLToPath(new URL('../../.facegate/packs/accurate', import.meta.url));

const engine = await createEngine({ packFolder: PACK, workers: 1 });
const train = lfwView1List('train').samples.filter((_, index) => index % EVERY === 0);
const found: ReadTrial[] = [];
for await (const trial of manipulatedTrials(engine, train)) await read('lfw', trial);
for await (const trial of generatedTrials(engine, generatedFaces().samples)) await read('generated', trial);
await engine.close();
mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}readings.json`, JSON.stringify(found));

async function read(set: ReadTrial['set'], { id, subject, kind, bytes }: Trial): Promise<void> {
  const { faces } = await engine.analyse(bytes, { faces: 'central', mesh: true });
  const mesh = faces[0]?.mesh;
  if (!mesh) return;
  const { image } = await decodeImage(bytes);
  found.push({ set, id, subject, kind, readings: readSignals(image, mesh, { isJpeg: true }) });
}
