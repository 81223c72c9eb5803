import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { EngineError } from '../vocabulary/errors.ts';
import { type PackManifest, PackManifestSchema } from './manifest.ts';

/** Reads and checks a pack's `manifest.json`. */
export async function readManifest(folder: string): Promise<PackManifest> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  if (Value.Check(PackManifestSchema, manifest)) return manifest;
  throw new EngineError('model-missing', 'bad manifest');
}
