import { createFaceProcessor, type FaceProcessorOptions } from './adapters/engine/face-processor.ts';
import { type ChosenPack, openEngine } from './adapters/engine/open-engine.ts';
import type { createClosers } from './closers.ts';
import type { Config } from './config/schema.ts';
import type { FaceProcessor } from './ports/face-processor.ts';

interface ProcessorOpening extends FaceProcessorOptions {
  readonly pack: ChosenPack;
  readonly closers: ReturnType<typeof createClosers>;
}

/** The engine, with its threads. @throws as `openEngine`. */
export async function openProcessor(
  { workers, queueMax, images: limits, videoDecoder }: Config,
  { pack, closers, ...options }: ProcessorOpening,
): Promise<FaceProcessor> {
  const engine = await openEngine(pack, { workers, queueMax, limits, videoDecoder });
  closers.add(() => engine.close());
  return createFaceProcessor(engine, options);
}
