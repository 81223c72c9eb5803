import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EngineStartError, openEngine } from './open-engine.ts';

it('passes on what the engine says of a pack that is not installed', async () => {
  const packsFolder = mkdtempSync(join(tmpdir(), 'facegate-packs-'));
  const limits = { bytesMax: 1, sideMax: 1, pixelsMax: 1 };
  const opening = openEngine({ packsFolder, pack: 'absent', limits });
  await expect(opening).rejects.toThrow(EngineStartError);
  await expect(opening).rejects.toThrow('absent');
});

it('says which folder cannot be written and how to choose another', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'facegate-packs-')), 'occupied');
  writeFileSync(file, '');
  const limits = { bytesMax: 1, sideMax: 1, pixelsMax: 1 };
  const opening = openEngine({ packsFolder: join(file, 'packs'), limits });
  await expect(opening).rejects.toThrow(EngineStartError);
  await expect(opening).rejects.toThrow(/occupied.*ENOTDIR.*FACEGATE_DATA/);
});
