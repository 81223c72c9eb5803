/**
 * A thread of the pool: loads the pack once, then analyses one picture at a time.
 *
 * @module
 */
import { workerData } from 'node:worker_threads';
import type { ImageLimits } from '../engine.ts';
import { configureLibvips } from '../image/libvips.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { PackManifest } from '../packs/manifest.ts';
import {
  type AnalysisOptions,
  analyseFrame,
  analyseImage,
  type FrameAnalysis,
} from '../pipeline/analyse-image.ts';
import { inspectImage } from '../pipeline/inspect-image.ts';
import { loadModels } from '../pipeline/models.ts';
import type { AnalysedImage, AnalysisRequest } from '../vocabulary/analysis.ts';
import { EngineError, type EngineErrorCode } from '../vocabulary/errors.ts';
import type { VideoAnalysisRequest } from '../vocabulary/video.ts';

export interface WorkerSetting {
  readonly packFolder: string;
  readonly manifest: PackManifest;
  readonly limits: ImageLimits;
}

/** An encoded picture with all that can be asked of one, a frame's pixels, or a picture that is to be decoded only. */
export type Analysable =
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly request: AnalysisRequest }
  | { readonly kind: 'frame'; readonly frame: RgbImage; readonly request: VideoAnalysisRequest }
  | { readonly kind: 'inspection'; readonly picture: Uint8Array | string };

export interface AnalysisTask {
  readonly work: Analysable;
  /** One Int32; not 0 once the caller has given up. */
  readonly cancelled: SharedArrayBuffer;
}

/** Errors lose their class between threads, so they travel as data. */
export type AnalysisReply =
  | { readonly ok: true; readonly found: AnalysedImage | FrameAnalysis | undefined }
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

export async function analyse({ work, cancelled }: AnalysisTask): Promise<AnalysisReply> {
  const flag = new Int32Array(cancelled);
  const options = { limits: setting.limits, isCancelled: () => Atomics.load(flag, 0) !== 0 };
  try {
    return { ok: true, found: await findIn(work, options) };
  } catch (error) {
    return failure(error);
  }
}

async function findIn(
  work: Analysable,
  options: AnalysisOptions,
): Promise<AnalysedImage | FrameAnalysis | undefined> {
  switch (work.kind) {
    case 'image':
      return analyseImage(work.bytes, work.request, await models, options);
    case 'frame':
      return analyseFrame(work.frame, work.request, await models, options);
    case 'inspection':
      return inspectImage(work.picture, options);
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
