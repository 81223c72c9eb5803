import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCURATE_PACK, installPack } from '@facegate/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysingEngine } from '../../adapters/engine/face-processor.ts';
import { choosePack, openEngine } from '../../adapters/engine/open-engine.ts';
import {
  BEFORE_THE_CAMERA,
  missingPhotographs,
  ON_A_SCREEN,
  photograph,
} from './pictures-that-fail.contract.ts';
import { VALIDATE_ALL } from './traits.contract.ts';
import { openVerihubs } from './verihubs-app.contract.ts';

const MODELS =
  process.env['FACEGATE_TEST_MODELS'] ?? join(import.meta.dirname, '../../../../../../shared/models');
const LIMITS = { bytesMax: 31_457_280, sideMax: 12_000, pixelsMax: 40_000_000 };

const because = (missing: readonly string[]): string =>
  missing.length > 0 ? ` (skipped: there is no ${missing.join(', ')})` : '';
const noPhotographs = because(missingPhotographs);
const noModels = noPhotographs || because([MODELS].filter((folder) => !existsSync(folder)));

/** Verifies pictures with a pack against the person, enrolled anew each time. */
function useModels(pack: 'core' | 'accurate') {
  let packsFolder: string;
  let models: AnalysingEngine & { close(): Promise<void> };

  beforeAll(async () => {
    packsFolder = await mkdtemp(join(tmpdir(), 'facegate-verihubs-'));
    const readSource = ({ localName = '' }) => readFile(join(MODELS, localName));
    if (pack === 'accurate') await installPack({ recipe: ACCURATE_PACK, packsFolder, readSource });
    models = await openEngine(await choosePack({ packsFolder, pack }), { workers: 1, limits: LIMITS });
  });
  afterAll(async () => {
    await models?.close();
    await rm(packsFolder, { recursive: true });
  });

  return async (picture: Buffer, switches: object) => {
    const { ask } = openVerihubs({ models });
    const subject_id = 'person';
    await ask('enroll', { image: photograph('person').toString('base64'), subject_id });
    const image = picture.toString('base64');
    return (await ask('verify', { ...switches, image, subject_id, threshold: 'basic' })).body;
  };
}

const ALL_BUT_LIVENESS = { ...VALIDATE_ALL, validate_liveness: false };

const facesIn = (number: number) => ((number & 8) === 0 ? 1 : 2);

describe.skipIf(noPhotographs !== '')(`photographs, with the core pack${noPhotographs}`, () => {
  const verify = useModels('core');

  it.each(BEFORE_THE_CAMERA)(
    'are answered FAIL_ON_%i (0: success) for %s',
    async (number, _title, picture) => {
      const body = await verify(await picture(), ALL_BUT_LIVENESS);
      expect(body.error_code).toBe(number === 0 ? undefined : `FAIL_ON_${number}`);
      expect(body.similarity_status).toBe(number === 0 ? true : null);
      expect(body.nface).toBe(facesIn(number));
    },
  );

  it('are answered FAIL_ON_16 for a stranger', async () => {
    const body = await verify(photograph('stranger'), ALL_BUT_LIVENESS);
    expect([body.error_code, body.similarity_status]).toEqual(['FAIL_ON_16', false]);
  });
});

describe.skipIf(noModels !== '')(`photographs, with the accurate pack${noModels}`, () => {
  const verify = useModels('accurate');

  it.each(ON_A_SCREEN)(
    'are answered FAIL_ON_%i for %s, which is told to be an attack',
    async (number, _title, picture) => {
      const body = await verify(await picture(), VALIDATE_ALL);
      expect(body.error_code).toBe(`FAIL_ON_${number}`);
      expect(body.similarity_status).toBe(null);
      expect(body.nface).toBe(facesIn(number));
      expect(body.liveness.status).toBe(false);
      expect(body.liveness.probability).toBeLessThan(20);
    },
  );

  it('pass every validation when the person was before the camera, and are answered FAIL_ON_16 for a stranger', async () => {
    const same = await verify(photograph('same'), VALIDATE_ALL);
    expect([same.error_code, same.similarity_status, same.liveness.status]).toEqual([undefined, true, true]);
    const stranger = await verify(photograph('stranger'), VALIDATE_ALL);
    expect([stranger.error_code, stranger.liveness.status]).toEqual(['FAIL_ON_16', true]);
  });
});
