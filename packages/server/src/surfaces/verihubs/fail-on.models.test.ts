import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysingEngine } from '../../adapters/engine/face-processor.ts';
import { choosePack, openEngine } from '../../adapters/engine/open-engine.ts';
import { beside, withoutColour } from './changed-photographs.contract.ts';
import { VALIDATE_ALL } from './traits.contract.ts';
import { openVerihubs } from './verihubs-app.contract.ts';

const DATA = process.env['FACEGATE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data');
const PERSON = join(DATA, 'lfw-view1/images/Aaron_Peirsol_0001.jpg');
const SAME = join(DATA, 'lfw-view1/images/Aaron_Peirsol_0002.jpg');
const STRANGER = join(DATA, 'lfw-view1/images/Adam_Sandler_0001.jpg');
const MASKED = join(DATA, 'mask/with_mask/000.jpg');
const missing = [PERSON, SAME, STRANGER, MASKED].filter((file) => !existsSync(file));
const skipped = missing.length > 0 ? ` (skipped: FACEGATE_TEST_DATA has no ${missing.join(', ')})` : '';

/**
 * Pictures by the number they fail with when every validation but liveness is on. What an attack looks like to the
 * models is told where presentation attacks are: rows 1, 3, 5, 7, 9, 11, 13 and 15 belong here as soon as it is.
 */
const PICTURES: readonly (readonly [number, string, () => Promise<Buffer> | Buffer])[] = [
  [0, 'another photograph of the person', () => readFileSync(SAME)],
  [2, 'a masked face', () => readFileSync(MASKED)],
  [4, 'the person in shades of grey', () => withoutColour(readFileSync(SAME))],
  [6, 'a masked face in shades of grey', () => withoutColour(readFileSync(MASKED))],
  [8, 'the person beside a stranger', () => beside(readFileSync(SAME), readFileSync(STRANGER))],
  [10, 'a masked face beside a stranger', () => beside(readFileSync(MASKED), readFileSync(STRANGER))],
  [
    12,
    'the person beside a stranger in shades of grey',
    async () => withoutColour(await beside(readFileSync(SAME), readFileSync(STRANGER))),
  ],
  [
    14,
    'a masked face beside a stranger in shades of grey',
    async () => withoutColour(await beside(readFileSync(MASKED), readFileSync(STRANGER))),
  ],
  [16, 'a stranger', () => readFileSync(STRANGER)],
];

describe.skipIf(skipped !== '')(`photographs${skipped}`, () => {
  let packsFolder: string;
  let models: AnalysingEngine & { close(): Promise<void> };

  beforeAll(async () => {
    packsFolder = await mkdtemp(join(tmpdir(), 'facegate-verihubs-'));
    const pack = await choosePack({ packsFolder, pack: 'core' });
    const limits = { bytesMax: 31_457_280, sideMax: 12_000, pixelsMax: 40_000_000 };
    models = await openEngine(pack, { workers: 1, limits });
  });
  afterAll(async () => {
    await models?.close();
    await rm(packsFolder, { recursive: true });
  });

  it.each(PICTURES)('are answered FAIL_ON_%i for %s', async (number, _title, picture) => {
    const { ask } = openVerihubs({ models });
    const subject_id = 'person';
    await ask('enroll', { image: readFileSync(PERSON).toString('base64'), subject_id });
    const { body } = await ask('verify', {
      ...VALIDATE_ALL,
      validate_liveness: false,
      image: (await picture()).toString('base64'),
      subject_id,
      threshold: 'basic',
    });
    expect(body.error_code).toBe(number === 0 ? undefined : `FAIL_ON_${number}`);
    expect(body.similarity_status).toBe(number === 0 ? true : number === 16 ? false : null);
    expect(body.nface).toBe((number & 8) === 0 ? 1 : 2);
  });
});
