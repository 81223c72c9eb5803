/**
 * A thread of the pool: loads the pack once, then analyses one picture at a time.
 *
 * @module
 */
import { workerData } from 'node:worker_threads';
import type { ImageLimits } from '../engine.ts';
import { configureLibvips } from '../image/libvips.ts';
import type { PackManifest } from '../packs/manifest.ts';
import { analyseImage } from '../pipeline/analyse-image.ts';
import { loadModels } from '../pipeline/models.ts';
import type { AnalysedImage, AnalysisRequest } from '../vocabulary/analysis.ts';
import { EngineError, type EngineErrorCode } from '../vocabulary/errors.ts';

export interface WorkerSetting {
  readonly packFolder: string;
  readonly manifest: PackManifest;
  readonly limits: ImageLimits;
}

export interface AnalysisTask {
  readonly bytes: Uint8Array;
  readonly request: AnalysisRequest;
  /** One Int32; not 0 once the caller has given up. */
  readonly cancelled: SharedArrayBuffer;
}

/** Errors lose their class between threads, so they travel as data. */
export type AnalysisReply =
  | { readonly ok: true; readonly image: AnalysedImage }
  | { readonly ok: false; readonly code: EngineErrorCode; readonly message: string };

configureLibvips();
const setting = workerData as WorkerSetting;
const models = loadModels(setting.packFolder, setting.manifest);

/** Waits until the thread's networks are loaded. */
export async function ready(): Promise<AnalysisReply | undefined> {
  return models.then(
    () => undefined,
    (error: unknown) => failure(error),
  );
}

export async function analyse({ bytes, request, cancelled }: AnalysisTask): Promise<AnalysisReply> {
  const flag = new Int32Array(cancelled);
  const isCancelled = (): boolean => Atomics.load(flag, 0) !== 0;
  try {
    const image = await analyseImage(bytes, request, await models, { limits: setting.limits, isCancelled });
    return { ok: true, image };
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): AnalysisReply {
  if (error instanceof EngineError) return { ok: false, code: error.code, message: error.message };
  return {
    ok: false,
    code: 'internal',
    message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
  };
}
