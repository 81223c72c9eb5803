import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { ACCURATE_PACK } from '../packs/accurate.data.ts';
import { installPack, prepareCorePack } from '../packs/install.ts';
import { createEngine } from '../runtime/create-engine.ts';

const shared = path.resolve(import.meta.dirname, '../../../../../shared');
const modelsFolder = process.env['FACEGATE_TEST_MODELS'] ?? path.join(shared, 'models');
const dataFolder = process.env['FACEGATE_TEST_DATA'] ?? path.join(shared, 'data');
const pictures = path.join(dataFolder, 'pad/pad-minivision/images/sample');
const isThere = existsSync(modelsFolder) && existsSync(pictures);
const why = isThere ? '' : ` (skipped: ${modelsFolder} or ${pictures} is absent)`;

describe.skipIf(!isThere)(`the authors' samples${why}`, () => {
  let packsFolder: string;
  let accurate: Engine;
  let core: Engine;

  beforeAll(async () => {
    packsFolder = await mkdtemp(path.join(tmpdir(), 'facegate-pad-'));
    const readSource = ({ localName = '' }) => readFile(path.join(modelsFolder, localName));
    const pack = await installPack({ recipe: ACCURATE_PACK, packsFolder, readSource });
    accurate = await createEngine({ packFolder: pack.folder, workers: 1 });
    core = await createEngine({ packFolder: (await prepareCorePack({ packsFolder })).folder, workers: 1 });
  });

  afterAll(async () => {
    await Promise.all([accurate?.close(), core?.close()]);
    await rm(packsFolder, { recursive: true });
  });

  const judge = async (engine: Engine, picture: string) => {
    const bytes = readFileSync(path.join(pictures, picture));
    const { faces, stageMs } = await engine.analyse(bytes, { faces: 'central', presentationAttack: true });
    return { attack: faces[0]!.presentationAttack!, stageMs };
  };

  test('the bona fide one passes with networks, and neither attack does', async () => {
    const { attack, stageMs } = await judge(accurate, 'image_T1.jpg');
    expect(attack.outcome).toBe('bona-fide');
    expect(stageMs).toHaveProperty('presentation-attack');
    for (const picture of ['image_F1.jpg', 'image_F2.jpg']) {
      expect((await judge(accurate, picture)).attack.outcome).not.toBe('bona-fide');
    }
  });

  test('without networks none is called bona fide, and assurance is low', async () => {
    for (const picture of ['image_T1.jpg', 'image_F1.jpg']) {
      const { attack } = await judge(core, picture);
      expect(attack).toMatchObject({ outcome: 'undetermined', assurance: 'low' });
      expect(attack.evidence.map(({ signal }) => signal)).not.toContain('network');
    }
  });

  test('nothing is computed that was not asked', async () => {
    const bytes = readFileSync(path.join(pictures, 'image_T1.jpg'));
    const { faces, stageMs } = await core.analyse(bytes, { faces: 'central' });
    expect(faces[0]).not.toHaveProperty('presentationAttack');
    expect(stageMs).not.toHaveProperty('presentation-attack');
  });
});
