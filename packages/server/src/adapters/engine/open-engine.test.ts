import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { choosePack, EngineStartError } from './open-engine.ts';

it('passes on what the engine says of a pack that is not installed', async () => {
  const packsFolder = mkdtempSync(join(tmpdir(), 'facegate-packs-'));
  const opening = choosePack({ packsFolder, pack: 'absent' });
  await expect(opening).rejects.toThrow(EngineStartError);
  await expect(opening).rejects.toThrow('absent');
});

it('says which folder cannot be written and how to choose another', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'facegate-packs-')), 'occupied');
  writeFileSync(file, '');
  const opening = choosePack({ packsFolder: join(file, 'packs') });
  await expect(opening).rejects.toThrow(EngineStartError);
  await expect(opening).rejects.toThrow(/occupied.*ENOTDIR.*FACEGATE_DATA/);
});
