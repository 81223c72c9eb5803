import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outside } from './outside.ts';

export interface Workplace {
  /** The one folder for everything facegate keeps. */
  readonly dataFolder: string;
  readonly packsFolder: string;
  /** Id of the pack asked for; absent: the best one installed. */
  readonly wantedPack?: string;
}

/** Root of the clone; `src` and `dist` lie equally deep in it. */
const CLONE_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Where packs lie and which one is wanted.
 *
 * `FACEGATE_DATA` is resolved against the current folder, as a shell user expects; absent or empty it is `.facegate`
 * in the clone. The option `--pack` wins over `FACEGATE_PACK`.
 */
export function findWorkplace(
  outside: Pick<Outside, 'environment' | 'currentFolder'>,
  packOption?: string,
): Workplace {
  const { FACEGATE_DATA: data, FACEGATE_PACK: pack } = outside.environment;
  const dataFolder = data ? resolve(outside.currentFolder, data) : join(CLONE_ROOT, '.facegate');
  const wantedPack = packOption || pack;
  return { dataFolder, packsFolder: join(dataFolder, 'packs'), ...(wantedPack ? { wantedPack } : {}) };
}
