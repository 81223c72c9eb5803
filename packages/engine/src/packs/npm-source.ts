import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EngineError } from '../vocabulary/errors.ts';
import type { PackSource } from './manifest.ts';

/**
 * Reads a model file that came inside an npm package.
 *
 * @throws EngineError `model-missing` when the package or the file is not installed. The version is not looked at:
 *   the caller's checksum says more.
 */
export async function readNpmSource(source: PackSource): Promise<Uint8Array> {
  const [, name] = /^npm:(@?[^@]+)@/.exec(source.origin) ?? [];
  if (!name) throw new EngineError('model-missing', `${source.origin} names no npm package.`);
  try {
    return await readFile(path.join(packageFolder(name), source.path));
  } catch (cause) {
    throw new EngineError('model-missing', `${source.path} of ${name} is not installed; run npm install.`, {
      cause,
    });
  }
}

/** Looked up by folder, since an `exports` map hides model files from `require.resolve`. */
function packageFolder(name: string): string {
  const searched = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const folder = searched
    .map((modules) => path.join(modules, name))
    .find((candidate) => existsSync(candidate));
  if (!folder) throw new Error(`No folder named ${name} in ${searched.join(', ')}.`);
  return folder;
}
