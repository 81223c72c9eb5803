import { createEngine, type Engine, EngineError, prepareCorePack, selectPack } from '@facegate/engine';
import { fromEngineError } from './engine-errors.ts';

/** The pack that can always be made from our dependencies. */
const CORE_PACK_ID = 'core';

export interface EngineSettings {
  readonly packsFolder: string;
  /** Id of the pack. @default the best installed */
  readonly pack?: string | undefined;
  readonly workers?: number | undefined;
  readonly queueMax?: number | undefined;
  readonly limits: { readonly bytesMax: number; readonly sideMax: number; readonly pixelsMax: number };
}

/** Why the engine did not start, in the operator's words: `message` says what to do. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
}

/**
 * Starts the engine with the wanted pack, making the core pack first where that is the one or none is named.
 *
 * @throws EngineStartError when there is no sound pack; FaceError `internal` for all else.
 * @cost   seconds: models are loaded in every thread, and the first start converts them.
 */
export async function openEngine(settings: EngineSettings): Promise<Engine> {
  try {
    const { packsFolder, pack, workers, queueMax, limits } = settings;
    if (pack === undefined || pack === CORE_PACK_ID) await prepareCorePack({ packsFolder });
    const { folder } = await selectPack(packsFolder, pack);
    return await createEngine({
      packFolder: folder,
      limits,
      ...(workers === undefined ? {} : { workers }),
      ...(queueMax === undefined ? {} : { queueMax }),
    });
  } catch (error) {
    if (error instanceof EngineError && error.code === 'model-missing') {
      throw new EngineStartError(error.message, { cause: error });
    }
    if (isFileSystemError(error)) {
      throw new EngineStartError(
        `The folder ${settings.packsFolder} cannot be used (${error.code}). ` +
          'Make it writable for this user, or choose another data folder with FACEGATE_DATA.',
        { cause: error },
      );
    }
    throw fromEngineError(error);
  }
}

const FILE_SYSTEM_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST']);

const isFileSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && FILE_SYSTEM_CODES.has(String(error.code));
