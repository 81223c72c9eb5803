import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { prepareCorePack } from '../packs/install.ts';
import { createEngine } from '../runtime/create-engine.ts';

const packsFolder = join(fileURLToPath(new URL('../../../../', import.meta.url)), '.facegate', 'packs');
const demo = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);

let engine: Engine;
let photograph: Uint8Array;

beforeAll(async () => {
  const pack = await prepareCorePack({ packsFolder });
  engine = await createEngine({ packFolder: pack.folder, workers: 1 });
  photograph = await readFile(join(demo, 'sample1.jpg'));
});

afterAll(async () => engine?.close());

it('judges every face of a photograph, and its file once', async () => {
  const { faces, provenance, stageMs } = await engine.analyse(photograph, { faces: 'all', injection: true });
  expect(provenance).toEqual({ manifest: 'absent', isDeclaredGenerated: false });
  expect(faces.length).toBeGreaterThan(1);
  for (const { injection } of faces) {
    expect(injection!.evidence.length).toBeGreaterThanOrEqual(4);
    expect(injection!.manipulationProbability).toBeGreaterThan(0);
    expect(injection!.manipulationProbability).toBeLessThan(1);
  }
  expect(Object.keys(stageMs)).toEqual(expect.arrayContaining(['provenance', 'injection']));
});

it('says nothing of manipulation unless asked', async () => {
  const { faces, provenance } = await engine.analyse(photograph, { faces: 'central' });
  expect(provenance).toBeUndefined();
  expect(faces[0]!.injection).toBeUndefined();
});

it('believes a file that calls itself generated', async () => {
  const declared = await sharp(photograph)
    .withExif({ IFD0: { Software: 'Midjourney' } })
    .jpeg()
    .toBuffer();
  const { faces, provenance } = await engine.analyse(declared, { faces: 'central', injection: true });
  expect(provenance?.isDeclaredGenerated).toBe(true);
  expect(faces[0]!.injection?.outcome).toBe('manipulated');
});
