import ort from 'onnxruntime-node';
import { EngineError } from '../vocabulary/errors.ts';

/** A float32 tensor in row-major order. */
export interface Plane {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** One loaded ONNX network with a single input. */
export interface Network {
  /** Runs it once; outputs by name. */
  run(input: Plane): Promise<Readonly<Record<string, Plane>>>;
  release(): Promise<void>;
}

/**
 * Loads an ONNX file.
 *
 * One intra-op thread: with several pictures at work, threads inside a network only wait for each other; parallelism
 * comes from worker threads. It also makes the sums' order, and so every bit of the result, independent of the load.
 *
 * @throws EngineError `model-missing` when the file is absent or not a network.
 */
export async function openNetwork(file: string): Promise<Network> {
  const session = await ort.InferenceSession.create(file, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw new EngineError('model-missing', 'A model file could not be loaded.', { cause });
  });
  const inputName = session.inputNames[0]!;
  return {
    run: async ({ data, dims }) => {
      const outputs = await session.run({ [inputName]: new ort.Tensor('float32', data, [...dims]) });
      return outputs as unknown as Record<string, Plane>;
    },
    release: () => session.release(),
  };
}

/** @throws EngineError `model-missing` when the network has no such output: the file is not the one it should be. */
export function outputNamed(outputs: Readonly<Record<string, Plane>>, name: string): Float32Array {
  const output = outputs[name];
  if (!output) throw new EngineError('model-missing', `The network has no output ${name}.`);
  return output.data;
}
