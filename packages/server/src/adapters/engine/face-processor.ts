import type { AnalysedImage, AnalysisRequest, Calibration, PackSummary } from '@facegate/engine/vocabulary';
import type { FaceProcessor, ProcessorLoad } from '../../ports/face-processor.ts';
import { fromEngineError } from './engine-errors.ts';

/** What this adapter needs of `@facegate/engine`'s Engine. */
export interface AnalysingEngine {
  readonly pack: PackSummary;
  readonly calibration: Calibration;
  analyse(
    bytes: Uint8Array,
    request: AnalysisRequest,
    options?: { signal?: AbortSignal },
  ): Promise<AnalysedImage>;
  load(): ProcessorLoad;
}

export interface FaceProcessorOptions {
  /** Told the milliseconds of each stage of every picture that was analysed. */
  readonly onStages?: (stageMs: Readonly<Record<string, number>>) => void;
}

/** The FaceProcessor port on the engine. */
export function createFaceProcessor(
  engine: AnalysingEngine,
  { onStages }: FaceProcessorOptions = {},
): FaceProcessor {
  return {
    pack: engine.pack,
    calibration: engine.calibration,
    load: () => engine.load(),
    process: async (bytes, request, signal) => {
      try {
        const image = await engine.analyse(bytes, request, signal === undefined ? {} : { signal });
        onStages?.(image.stageMs);
        return image;
      } catch (error) {
        throw fromEngineError(error);
      }
    },
  };
}
