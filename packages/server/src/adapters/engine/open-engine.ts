import {
  createEngine,
  type Engine,
  EngineError,
  type PackSummary,
  prepareCorePack,
  selectPack,
  summaryOf,
  type VideoDecoder,
} from '@facegate/engine';
import { fromEngineError } from './engine-errors.ts';

/** The pack that can always be made from our dependencies. */
const CORE_PACK_ID = 'core';

export interface PackSettings {
  readonly packsFolder: string;
  /** Id of the pack. @default the best installed */
  readonly pack?: string | undefined;
}

export interface EngineSettings {
  readonly workers?: number | undefined;
  readonly queueMax?: number | undefined;
  readonly limits: { readonly bytesMax: number; readonly sideMax: number; readonly pixelsMax: number };
  readonly videoDecoder?: VideoDecoder;
}

/** A model pack on disk, before any of its models is loaded. */
export interface ChosenPack {
  readonly folder: string;
  readonly summary: PackSummary;
}

/** Why the engine did not start, in the operator's words: `message` says what to do. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
}

/**
 * Finds the wanted pack, making the core pack first where that is the one or none is named.
 *
 * @throws EngineStartError when there is no sound pack; FaceError `internal` for all else.
 * @cost   milliseconds; the first start converts models, seconds.
 */
export const choosePack = ({ packsFolder, pack }: PackSettings): Promise<ChosenPack> =>
  inOperatorsWords(packsFolder, async () => {
    if (pack === undefined || pack === CORE_PACK_ID) await prepareCorePack({ packsFolder });
    const { folder, manifest } = await selectPack(packsFolder, pack);
    return { folder, summary: summaryOf(manifest) };
  });

/**
 * Starts the engine with a pack.
 *
 * @throws EngineStartError when the pack is damaged; FaceError `internal` for all else.
 * @cost   about a second: models are loaded in every thread.
 */
export const openEngine = (
  { folder }: ChosenPack,
  { workers, queueMax, limits, videoDecoder }: EngineSettings,
): Promise<Engine> =>
  inOperatorsWords(folder, () =>
    createEngine({
      packFolder: folder,
      limits,
      ...(videoDecoder === undefined ? {} : { video: { decoder: videoDecoder } }),
      ...(workers === undefined ? {} : { workers }),
      ...(queueMax === undefined ? {} : { queueMax }),
    }),
  );

async function inOperatorsWords<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'model-missing') {
      throw new EngineStartError(error.message, { cause: error });
    }
    if (isFileSystemError(error)) {
      throw new EngineStartError(
        `The folder ${folder} cannot be used (${error.code}). ` +
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
