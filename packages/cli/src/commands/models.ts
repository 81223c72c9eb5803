import { basename, resolve } from 'node:path';
import type { EngineDoor, InstalledPack } from '../engine-door.ts';
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
  const packs = [...(await door.listPacks(packsFolder))].sort((a, b) => b.manifest.rank - a.manifest.rank);
  const served = await servedFolder(door, packsFolder, wantedPack);
  if (options.json) {
    outside.print(
      JSON.stringify(
        packs.map((pack) => toRecord(pack, served)),
        undefined,
        2,
      ),
    );
  } else if (packs.length === 0) {
    outside.print(`No model pack in ${packsFolder}. Run "facegate models prepare".`);
  } else {
    const rows = packs.map((pack) => toRecord(pack, served));
    const cells = rows.map((row) => [row.served ? '*' : '', row.packId, formatBytes(row.bytes), row.title]);
    outside.print(`${columns([['', 'pack', 'size', 'title'], ...cells])}\n\n* is what is used now.`);
  }
  return EXIT.success;
}

/** `facegate models verify`: every file of every installed pack against its checksum. */
export async function verifyCommand(outside: Outside, options: ModelsOptions): Promise<ExitCode> {
  const { packsFolder } = findWorkplace(outside);
  const door = await outside.openEngine();
  const verdicts = [];
  for (const { folder, manifest } of await door.listPacks(packsFolder)) {
    const { valid, files } = await door.verifyPack(folder);
    verdicts.push({ packId: packIdOf(manifest), valid, files });
  }
  if (options.json) outside.print(JSON.stringify(verdicts, undefined, 2));
  else if (verdicts.length === 0) outside.print(`No model pack in ${packsFolder}.`);
  else
    outside.print(
      columns(verdicts.flatMap(({ packId, files }) => files.map(({ name, state }) => [packId, name, state]))),
    );
  return verdicts.length > 0 && verdicts.every(({ valid }) => valid) ? EXIT.success : EXIT.modelPack;
}

/** `facegate models prepare`: converts the core pack out of the installed packages, unless it is there already. */
export async function prepareCommand(outside: Outside, options: ModelsOptions): Promise<ExitCode> {
  const { packsFolder } = findWorkplace(outside);
  const door = await outside.openEngine();
  const progress = createProgress(outside);
  const pack = await door.prepareCorePack({ packsFolder, onProgress: progress });
  return announce(outside, pack, options);
}

/** `facegate models install accurate`: from the pinned public addresses, or from a folder with `--from`. */
export async function installCommand(outside: Outside, options: ModelsOptions): Promise<ExitCode> {
  const { packsFolder } = findWorkplace(outside);
  const door = await outside.openEngine();
  const progress = createProgress(outside);
  const readSource = options.from
    ? folderSources(resolve(outside.currentFolder, options.from))
    : downloadSources({ download: outside.download, urlOf: door.sourceUrl, onProgress: progress });
  const pack = await door.installPack({
    recipe: door.ACCURATE_RECIPE,
    packsFolder,
    readSource,
    onProgress: progress,
  });
  return announce(outside, pack, options);
}

function announce(outside: Outside, pack: InstalledPack, options: ModelsOptions): ExitCode {
  const packId = packIdOf(pack.manifest);
  if (options.json) outside.print(JSON.stringify({ packId, folder: pack.folder }, undefined, 2));
  else outside.print(`${packId} is ready in ${pack.folder}`);
  return EXIT.success;
}

/** None when nothing valid is installed: listing must work then too. */
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
