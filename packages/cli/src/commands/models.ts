import { basename, resolve } from 'node:path';
import type { InstalledPack, InstallProgress } from '@facegate/engine';
import type { EngineDoor } from '../engine-door.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns } from '../output/columns.ts';
import { formatBytes } from '../output/numbers.ts';
import { createProgress } from '../output/progress.ts';
import type { Outside } from '../outside.ts';
import { downloadSources } from '../sources/download-sources.ts';
import { folderSources } from '../sources/folder-sources.ts';
import { findWorkplace } from '../workplace.ts';

export interface ModelsOptions {
  readonly json?: boolean;
  readonly from?: string;
}

/** `facegate models list`: installed packs, best first. */
export async function listCommand(outside: Outside, options: ModelsOptions): Promise<ExitCode> {
  const { packsFolder, wantedPack } = findWorkplace(outside);
  const door = await outside.openEngine();
  const packs = await door.listPacks(packsFolder);
  const served = await servedFolder(door, packsFolder, wantedPack);
  const records = packs.map((pack) => toRecord(pack, served));
  if (options.json) outside.print(JSON.stringify(records, undefined, 2));
  else if (records.length === 0)
    outside.print(`No model pack in ${packsFolder}. Run "facegate models prepare".`);
  else {
    const cells = records.map((row) => [
      row.served ? '*' : '',
      row.packId,
      formatBytes(row.bytes),
      row.title,
    ]);
    outside.print(`${columns([['', 'pack', 'size', 'title'], ...cells])}\n\n* is the one in use.`);
  }
  return EXIT.success;
}

/** `facegate models verify`: every file of every installed pack against its checksum. */
export async function verifyCommand(outside: Outside, options: ModelsOptions): Promise<ExitCode> {
  const { packsFolder } = findWorkplace(outside);
  const door = await outside.openEngine();
  const verdicts = [];
  for (const { folder, manifest } of await door.listPacks(packsFolder)) {
    const { isSound, files } = await door.verifyPack(folder);
    verdicts.push({ packId: packIdOf(manifest), isSound, files });
  }
  const rows = verdicts.flatMap(({ packId, files }) => files.map(({ name, state }) => [packId, name, state]));
  if (options.json) outside.print(JSON.stringify(verdicts, undefined, 2));
  else outside.print(rows.length > 0 ? columns(rows) : `No model pack in ${packsFolder}.`);
  return verdicts.length > 0 && verdicts.every(({ isSound }) => isSound) ? EXIT.success : EXIT.modelPack;
}

/** `facegate models prepare`: converts the core pack out of the installed packages, unless it is there already. */
export async function prepareCommand(outside: Outside, options: ModelsOptions): Promise<ExitCode> {
  const { packsFolder } = findWorkplace(outside);
  const door = await outside.openEngine();
  const pack = await door.prepareCorePack({ packsFolder, onProgress: fileProgress(outside) });
  return announce(outside, pack, options);
}

/** `facegate models install accurate`: from the pinned public addresses, or from a folder with `--from`. */
export async function installCommand(outside: Outside, options: ModelsOptions): Promise<ExitCode> {
  const { packsFolder } = findWorkplace(outside);
  const door = await outside.openEngine();
  const readSource =
    options.from === undefined
      ? downloadSources({
          download: outside.download,
          urlOf: door.sourceUrl,
          onProgress: createProgress(outside),
        })
      : folderSources(resolve(outside.currentFolder, options.from));
  const pack = await door.installPack({
    recipe: door.ACCURATE_PACK,
    packsFolder,
    readSource,
    onProgress: fileProgress(outside),
  });
  return announce(outside, pack, options);
}

/** `facegate models fingerprint <folder>`: what the manifest of a pack of one's own should say under `golden`. */
export async function fingerprintCommand(outside: Outside, folder: string): Promise<ExitCode> {
  const door = await outside.openEngine();
  const fingerprint = await door.fingerprintPack(resolve(outside.currentFolder, folder));
  outside.print(JSON.stringify(fingerprint, undefined, 2));
  return EXIT.success;
}

function fileProgress(outside: Outside): (progress: InstallProgress) => void {
  const say = createProgress(outside);
  return ({ file, done, total }) => say(`${done}/${total} ${file}`);
}

function announce(outside: Outside, pack: InstalledPack, options: ModelsOptions): ExitCode {
  const packId = packIdOf(pack.manifest);
  if (options.json) outside.print(JSON.stringify({ packId, folder: pack.folder }, undefined, 2));
  else outside.print(`${packId} is ready in ${pack.folder}`);
  return EXIT.success;
}

/** None when nothing sound is installed: listing must work then too. */
async function servedFolder(
  door: EngineDoor,
  packsFolder: string,
  wanted?: string,
): Promise<string | undefined> {
  try {
    return (await door.selectPack(packsFolder, wanted)).folder;
  } catch {
    return undefined;
  }
}

function toRecord({ folder, manifest }: InstalledPack, served: string | undefined) {
  return {
    packId: packIdOf(manifest),
    title: manifest.title,
    folder: basename(folder),
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    served: folder === served,
  };
}

const packIdOf = ({ id, version }: InstalledPack['manifest']): string => `${id}@${version}`;
