import type { Engine, EngineOptions } from '../engine.ts';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import { readManifest } from '../packs/installed-packs.ts';
import { type PackManifest, summaryOf } from '../packs/manifest.ts';
import { createVideoAnalyser } from '../video/analyse-video.ts';
import { videoOptionsOf } from '../video/limits.ts';
import { openPool } from './pool.ts';
import { checkFingerprint, takeFingerprint } from './self-test.ts';

/**
 * Opens a pack, starts the threads and proves on a reference picture that templates come out as they always did.
 *
 * @throws EngineError `model-missing` when the pack is incomplete or its templates have drifted.
 * @cost   about a second.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const manifest = await readManifest(options.packFolder);
  const limits = { ...DEFAULT_IMAGE_LIMITS, ...options.limits };
  const pool = await openPool({ packFolder: options.packFolder, manifest, limits }, options);
  const videos = createVideoAnalyser(pool.analyseFrame, videoOptionsOf(options, limits));
  const engine: Engine = {
    pack: summaryOf(manifest),
    calibration: manifest.calibration,
    analyse: (bytes, request, options) => pool.analyse(bytes, request, options),
    analyseVideo: (path, request, { signal } = {}) => videos.analyseVideo(path, request, signal),
    inspect: (picture, { signal } = {}) => pool.inspect(picture, signal),
    inspectVideo: (path, { signal } = {}) => videos.inspectVideo(path, signal),
    load: () => pool.load(),
    close: () => pool.close(),
  };
  await selfTest(engine, manifest);
  return engine;
}

async function selfTest(engine: Engine, manifest: PackManifest): Promise<void> {
  try {
    checkFingerprint(await takeFingerprint(engine, manifest), manifest);
  } catch (error) {
    await engine.close();
    throw error;
  }
}
