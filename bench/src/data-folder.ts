import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { InstalledPack } from '@facegate/engine';

/** An empty data folder with the installed packs: each server keeps its database to itself. Gone with the process. */
export function newDataFolder(pack: InstalledPack): string {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-bench-'));
  // Else a database that root runs would be put elsewhere, and stay there.
  chmodSync(folder, 0o711);
  symlinkSync(dirname(pack.folder), join(folder, 'packs'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
