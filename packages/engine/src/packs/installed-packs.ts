import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../vocabulary/errors.ts';
import { sha256Of } from './checksum.ts';
import type { PackFile, PackManifest } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

export const MANIFEST_NAME = 'manifest.json';

/** A pack in its folder. The manifest is valid; the files have been compared only where a function says so. */
export interface InstalledPack {
  readonly folder: string;
  readonly manifest: PackManifest;
}

type FileState = 'ok' | 'altered' | 'absent';

export interface PackVerification {
  readonly folder: string;
  /** Undefined when the manifest is absent or not valid; `fault` then says why. */
  readonly manifest: PackManifest | undefined;
  readonly fault: string | undefined;
  readonly files: readonly { readonly name: string; readonly state: FileState }[];
  /** The manifest is valid and every file is as it says. */
  readonly isSound: boolean;
}

/**
 * Compares a pack with its manifest.
 *
 * @returns the finding; a broken pack is a finding, not an error.
 * @cost reads and hashes every file: a tenth of a second for 50 MB.
 */
export async function verifyPack(folder: string): Promise<PackVerification> {
  try {
    const manifest = await readManifest(folder);
    const files = await Promise.all(
      manifest.files.map(async (file) => ({ name: file.name, state: await fileState(folder, file) })),
    );
    const isSound = files.every((file) => file.state === 'ok');
    return { folder, manifest, fault: undefined, files, isSound };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { folder, manifest: undefined, fault, files: [], isSound: false };
  }
}

/**
 * The packs below a folder that have a valid manifest, best first: descending rank, then by id. Their files are not
 * compared. Empty when the folder does not exist.
 */
export async function listPacks(packsFolder: string): Promise<InstalledPack[]> {
  const packs: InstalledPack[] = [];
  for (const name of await subfolders(packsFolder)) {
    const folder = path.join(packsFolder, name);
    const manifest = await readManifest(folder).catch(() => undefined);
    if (manifest) packs.push({ folder, manifest });
  }
  return packs.sort(
    (a, b) => b.manifest.rank - a.manifest.rank || a.manifest.id.localeCompare(b.manifest.id, 'en'),
  );
}

/**
 * The pack to serve: the named one, or the one of highest rank. Its files have been compared.
 *
 * An altered pack is an error even when a lesser one is sound: falling back in silence would make every stored
 * template incomparable.
 *
 * @throws EngineError `model-missing` when it is not installed or not sound; the message says what to do.
 */
export async function selectPack(packsFolder: string, wantedId?: string): Promise<InstalledPack> {
  const packs = await listPacks(packsFolder);
  const pack = wantedId === undefined ? packs[0] : packs.find(({ manifest }) => manifest.id === wantedId);
  if (!pack) throw new EngineError('model-missing', await explainAbsence(packsFolder, packs, wantedId));
  const { files } = await verifyPack(pack.folder);
  const faults = files.filter((file) => file.state !== 'ok').map(({ name, state }) => `${name} is ${state}`);
  if (faults.length > 0) {
    throw new EngineError(
      'model-missing',
      `Model pack ${pack.manifest.id} in ${pack.folder} is damaged: ${faults.join(', ')}. Install it again.`,
    );
  }
  return pack;
}

/** @throws EngineError `model-missing` when the manifest is absent or not valid. */
export async function readManifest(folder: string): Promise<PackManifest> {
  let json: string;
  try {
    json = await readFile(path.join(folder, MANIFEST_NAME), 'utf8');
  } catch (cause) {
    throw new EngineError('model-missing', `There is no ${MANIFEST_NAME} in ${folder}.`, { cause });
  }
  return parseManifest(json);
}

async function fileState(folder: string, file: PackFile): Promise<FileState> {
  const bytes = await readFile(path.join(folder, file.name)).catch(() => undefined);
  if (!bytes) return 'absent';
  return sha256Of(bytes) === file.sha256 ? 'ok' : 'altered';
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

async function explainAbsence(
  packsFolder: string,
  packs: readonly InstalledPack[],
  wantedId: string | undefined,
): Promise<string> {
  if (wantedId === undefined) return `No model pack is installed in ${packsFolder}.`;
  const { manifest, fault } = await verifyPack(path.join(packsFolder, wantedId));
  const isThere = (await subfolders(packsFolder)).includes(wantedId);
  if (isThere && !manifest) return `Model pack ${wantedId} cannot be used: ${fault}`;
  const ids = packs.map(({ manifest }) => manifest.id).join(', ') || 'none';
  return `Model pack ${wantedId} is not installed in ${packsFolder}; installed: ${ids}.`;
}
