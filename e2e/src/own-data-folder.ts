import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKS = fileURLToPath(new URL('../../.facegate/packs/', import.meta.url));

/** A new data folder that shares the clone's model packs and nothing else. */
export function createDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-e2e-'));
  // Else a database that root runs would be put elsewhere, and stay there.
  chmodSync(folder, 0o711);
  const packs = join(process.env['FACEGATE_DATA'] ?? '', 'packs');
  const source = process.env['FACEGATE_DATA'] !== undefined && existsSync(packs) ? packs : PACKS;
  mkdirSync(source, { recursive: true });
  symlinkSync(source, join(folder, 'packs'));
  return folder;
}

/** Servers of the tests keep their records apart from those of whoever runs them. */
export function setup(): () => void {
  const folder = createDataFolder();
  process.env['FACEGATE_DATA'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
