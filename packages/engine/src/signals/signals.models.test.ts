import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellAttributes } from '../attributes/tell-attributes.ts';
import { decodeImage } from '../image/decode.ts';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import { ACCURATE_PACK } from '../packs/accurate.data.ts';
import { installPack, prepareCorePack } from '../packs/install.ts';
import type { InstalledPack } from '../packs/installed-packs.ts';
import { findFaces } from '../pipeline/find-faces.ts';
import { loadModels, type Models } from '../pipeline/models.ts';
import { FACE_ATTRIBUTES } from '../vocabulary/attributes.ts';
import { createFaceSignals } from './create-face-signals.ts';

const shared = path.resolve(import.meta.dirname, '../../../../../shared');
const modelsFolder = process.env['FACEGATE_TEST_MODELS'] ?? path.join(shared, 'models');
const masksFolder = path.join(process.env['FACEGATE_TEST_DATA'] ?? path.join(shared, 'data'), 'mask');
const demo = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);

const load = ({ folder, manifest }: InstalledPack): Promise<Models> => loadModels(folder, manifest);

/** The faces of a picture from left to right, each with its signals. */
async function facesOf(file: string, models: Models, faces: 'central' | 'all' = 'all') {
  const { image } = await decodeImage(readFileSync(file), DEFAULT_IMAGE_LIMITS);
  const found = await findFaces(image, models, { faces, stage: (_, work) => Promise.resolve(work()) });
  return found
    .toSorted((a, b) => a.box.x - b.box.x)
    .map((face) => ({
      ...face,
      signals: createFaceSignals({ image, auxiliary: models.auxiliary, ...face }),
    }));
}

let packsFolder: string;

beforeAll(async () => {
  packsFolder = await mkdtemp(path.join(tmpdir(), 'facegate-signals-'));
});

afterAll(() => rm(packsFolder, { recursive: true }));

describe('the core pack, on group photographs', () => {
  let models: Models;

  beforeAll(async () => {
    models = await load(await prepareCorePack({ packsFolder }));
  });

  afterAll(() => models?.release());

  test('finds open eyes with irises of one size, and sees smiling grown-ups', async () => {
    const all = [];
    for (const number of [3, 5, 6]) {
      all.push(...(await facesOf(path.join(demo, `sample${number}.jpg`), models)));
    }
    expect(all).toHaveLength(12);
    let smiles = 0;
    for (const { signals, points } of all) {
      const eyes = (await signals.eyes())!;
      const { subjectRightEye: right, subjectLeftEye: left } = points;
      const apart = Math.hypot(left.x - right.x, left.y - right.y);
      for (const [eye, centre] of [[eyes.right, right] as const, [eyes.left, left] as const]) {
        const offset = Math.hypot(eye.irisCentre.x - centre.x, eye.irisCentre.y - centre.y);
        expect(offset / apart).toBeLessThan(0.15);
        expect(eye.irisRadius / apart).toBeGreaterThan(0.06);
        expect(eye.irisRadius / apart).toBeLessThan(0.16);
        expect(eye.closed).toBeLessThan(0.5);
      }
      const age = (await signals.age())!;
      expect(age).toBeGreaterThan(12);
      expect(age).toBeLessThan(60);
      const { neutral, happy, other } = (await signals.expression())!;
      expect(neutral + happy + other).toBeCloseTo(1);
      if (happy > 0.5) smiles++;
    }
    expect(smiles).toBeGreaterThan(5);
  });

  test('tells closed eyes from open ones', async () => {
    const closed = async (number: number) => {
      const faces = await facesOf(path.join(demo, `sample${number}.jpg`), models);
      const eyes = await Promise.all(faces.map(({ signals }) => signals.eyes()));
      return eyes.map((pair) => [pair!.right.closed > 0.5, pair!.left.closed > 0.5]);
    };
    const [both, neither] = [
      [true, true],
      [false, false],
    ];
    expect((await closed(1)).sort()).toEqual([neither, neither, both]);
    expect(await closed(6)).toEqual([neither, neither, neither, neither]);
  });

  test('tells what its networks can tell, and nothing else', async () => {
    const [face] = await facesOf(path.join(demo, 'sample6.jpg'), models, 'central');
    const told = await tellAttributes(face!.signals, face!, FACE_ATTRIBUTES);
    expect(Object.keys(told)).toEqual([
      'age',
      'right-eye',
      'left-eye',
      'emotion',
      'smile',
      'mouth',
      'face-mask',
    ]);
    expect(told).toMatchObject({
      'right-eye': { value: 'open' },
      'left-eye': { value: 'open' },
      'face-mask': { value: 'no' },
    });
  });
});

const reason = existsSync(modelsFolder) && existsSync(masksFolder) ? '' : ' (skipped: no models or pictures)';

/** Shares of masked and of bare faces told rightly, averaged. */
async function balancedAccuracy(models: Models): Promise<number> {
  const shares = [];
  for (const [folder, isMasked] of [['with_mask', true] as const, ['without_mask', false] as const]) {
    const told: boolean[] = [];
    for (const name of readdirSync(path.join(masksFolder, folder))) {
      const [face] = await facesOf(path.join(masksFolder, folder, name), models, 'central');
      if (face) told.push((await face.signals.faceMask())! > 0.5 === isMasked);
    }
    expect(told.length).toBeGreaterThan(100);
    shares.push(told.filter(Boolean).length / told.length);
  }
  return (shares[0]! + shares[1]!) / 2;
}

describe.skipIf(reason !== '')(`the accurate pack, on faces with and without masks${reason}`, () => {
  let models: Models;

  beforeAll(async () => {
    const readSource = ({ localName }: { localName?: string }) =>
      readFile(path.join(modelsFolder, localName!));
    models = await load(await installPack({ recipe: ACCURATE_PACK, packsFolder, readSource }));
  });

  afterAll(() => models?.release());

  test('tells them apart with a balanced accuracy of 0.95 or more', async () => {
    expect(await balancedAccuracy(models)).toBeGreaterThan(0.95);
  });

  test('says of a bare face that nothing is worn before it', async () => {
    const [face] = await facesOf(path.join(demo, 'sample6.jpg'), models, 'central');
    const told = await tellAttributes(face!.signals, face!, ['glasses', 'face-mask', 'occlusion']);
    expect(told).toMatchObject({
      glasses: { value: 'none' },
      'face-mask': { value: 'no' },
      occlusion: { value: 'no' },
    });
  });
});
