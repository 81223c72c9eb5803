import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import { readManifest } from '../packs/installed-packs.ts';
import { openPool } from './pool.ts';
import { type Fingerprint, takeFingerprint } from './self-test.ts';

/**
 * What a pack's manifest should say under `golden`: made once by the pack's author, checked at every start.
 *
 * @throws EngineError `model-missing` when the pack is incomplete.
 * @cost   loads the pack; about a second.
 */
export async function fingerprintPack(packFolder: string): Promise<Fingerprint> {
  const manifest = await readManifest(packFolder);
  const pool = await openPool({ packFolder, manifest, limits: DEFAULT_IMAGE_LIMITS }, { workers: 1 });
  try {
    return await takeFingerprint(pool, manifest);
  } finally {
    await pool.close();
  }
}
