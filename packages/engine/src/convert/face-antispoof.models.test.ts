import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { convertModel } from './convert-model.ts';

const modelsFolder =
  process.env['FACEGATE_TEST_MODELS'] ?? path.resolve(import.meta.dirname, '../../../../../shared/models');
const file = path.join(modelsFolder, 'face-antispoof-98.20.onnx');
const isThere = existsSync(file);

const DIMS = [1, 3, 128, 128] as const;
const TRIALS = 5;

/** Patterns of all lengths, 0..1. */
const pattern = (seed: number): Float32Array =>
  Float32Array.from({ length: 3 * 128 * 128 }, (_, i) => 0.5 + 0.5 * Math.sin((seed + 1) * (i % 977) * 0.37));

async function logits(model: Uint8Array, input: Float32Array): Promise<number[]> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const { output } = await session.run({ input: new Tensor('float32', input, DIMS) });
  return [...(output!.data as Float32Array)];
}

const why = isThere ? '' : ` (skipped: ${file} is absent)`;
test.skipIf(!isThere)(`the network of single faces answers as before it was rewritten${why}`, async () => {
  const original = await readFile(file);
  const ports = {
    inputs: [{ name: 'input', dims: ['N', 3, 128, 128] }],
    outputs: [{ name: 'output', dims: ['N', 2] }],
  };
  const rewritten = convertModel({ kind: 'onnx-graph', ports }, [original]);
  for (let trial = 0; trial < TRIALS; trial++) {
    const [expected, actual] = [
      await logits(original, pattern(trial)),
      await logits(rewritten, pattern(trial)),
    ];
    const apart = actual.map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...apart)).toBeLessThan(2e-5);
  }
});
