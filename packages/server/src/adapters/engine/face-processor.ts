import type { Engine } from '@facegate/engine';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { fromEngineError } from './engine-errors.ts';

/** What this adapter needs of the engine. */
export type AnalysingEngine = Pick<
  Engine,
  'pack' | 'calibration' | 'analyse' | 'analyseVideo' | 'inspect' | 'inspectVideo' | 'load'
>;

export interface FaceProcessorOptions {
  /** Told the milliseconds of each stage of every picture, and frame of a clip, that was analysed. */
  readonly onStages?: (stageMs: Readonly<Record<string, number>>) => void;
}

/** The FaceProcessor port on the engine. */
export function createFaceProcessor(
  engine: AnalysingEngine,
  { onStages }: FaceProcessorOptions = {},
): FaceProcessor {
  return {
    ...inspectorOf(engine),
    pack: engine.pack,
    calibration: engine.calibration,
    load: () => engine.load(),
    process: async (bytes, request, signal) => {
      try {
        const options = { handOver: true, ...(signal !== undefined && { signal }) };
        const image = await engine.analyse(bytes, request, options);
        onStages?.(image.stageMs);
        return image;
      } catch (error) {
        throw fromEngineError(error);
      }
    },
    processVideo: async (path, request, signal) => {
      try {
        const video = await engine.analyseVideo(path, request, signal === undefined ? {} : { signal });
        for (const frame of video.frames) onStages?.(frame.stageMs);
        return video;
      } catch (error) {
        throw fromEngineError(error);
      }
    },
  };
}

const inspectorOf = (engine: AnalysingEngine): Pick<FaceProcessor, 'inspect' | 'inspectVideo'> => ({
  inspect: (picture, signal) => translated(engine.inspect(picture, signal === undefined ? {} : { signal })),
  inspectVideo: (path, signal) =>
    translated(engine.inspectVideo(path, signal === undefined ? {} : { signal })),
});

const translated = (work: Promise<void>): Promise<void> =>
  work.catch((error: unknown) => {
    throw fromEngineError(error);
  });
