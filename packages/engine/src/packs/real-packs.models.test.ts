import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCURATE_PACK } from './accurate.data.ts';
import { CORE_PACK } from './core.data.ts';
import { installPack, prepareCorePack } from './install.ts';
import { type InstalledPack, selectPack, verifyPack } from './installed-packs.ts';
import { externalSources } from './recipe.ts';

const modelsFolder =
  process.env['FACEGATE_TEST_MODELS'] ?? path.resolve(import.meta.dirname, '../../../../../shared/models');
const hasModels = existsSync(modelsFolder);

let packsFolder: string;

beforeAll(async () => {
  packsFolder = await mkdtemp(path.join(tmpdir(), 'facegate-packs-'));
});

afterAll(() => rm(packsFolder, { recursive: true }));

const installAccurate = (): Promise<InstalledPack> =>
  installPack({
    recipe: ACCURATE_PACK,
    packsFolder,
    readSource: ({ localName }) => readFile(path.join(modelsFolder, localName!)),
  });

/** Every recogniser takes a batch of a face and its mirror image and answers with its dimension. */
async function expectRecognisersToRun({ folder, manifest }: InstalledPack): Promise<void> {
  for (const { file, inputSize, output, dimension } of manifest.recognition) {
    const session = await InferenceSession.create(path.join(folder, file), { intraOpNumThreads: 1 });
    const pixels = 3 * inputSize ** 2;
    const pair = Float32Array.from({ length: 2 * pixels }, (_, i) => (i * 97) % 256);
    const run = async (values: Float32Array, batch: number) => {
      const feed = new Tensor('float32', values, [batch, 3, inputSize, inputSize]);
      return (await session.run({ [session.inputNames[0]!]: feed }))[output]!;
    };
    const both = await run(pair, 2);
    const alone = [await run(pair.slice(0, pixels), 1), await run(pair.slice(pixels), 1)];
    expect(both.dims).toEqual([2, dimension]);
    const expected = alone.flatMap(({ data }) => [...(data as Float32Array)]);
    const scale = Math.max(...expected.map(Math.abs));
    [...(both.data as Float32Array)].forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6 * scale);
    });
  }
}

describe('the core pack', () => {
  test('is made from the npm packages, file for file as pinned, and again at once', async () => {
    const made: string[] = [];
    const pack = await prepareCorePack({ packsFolder, onProgress: ({ file }) => made.push(file) });
    expect(made).toEqual(CORE_PACK.files.map((file) => file.name));
    const { isSound, files } = await verifyPack(pack.folder);
    expect([isSound, files.length]).toEqual([true, CORE_PACK.files.length]);
    const again = await prepareCorePack({ packsFolder, onProgress: ({ file }) => made.push(file) });
    expect([again, made.length]).toEqual([pack, CORE_PACK.files.length]);
  });

  test('recognises batches', async () => {
    await expectRecognisersToRun(await prepareCorePack({ packsFolder }));
  });

  test('lists each file with its true size', async () => {
    const { folder, manifest } = await prepareCorePack({ packsFolder });
    for (const file of manifest.files) {
      expect((await readFile(path.join(folder, file.name))).length).toBe(file.bytes);
    }
  });
});

describe('the accurate pack', () => {
  const withModels = test.skipIf(!hasModels);
  const why = hasModels ? '' : ` (skipped: there is no folder ${modelsFolder})`;

  withModels(`is made from the public files and preferred${why}`, async () => {
    const { folder, manifest } = await installAccurate();
    expect((await verifyPack(folder)).isSound).toBe(true);
    for (const file of manifest.files) {
      expect((await readFile(path.join(folder, file.name))).length).toBe(file.bytes);
    }
    await prepareCorePack({ packsFolder });
    expect((await selectPack(packsFolder)).manifest.id).toBe('accurate');
    await writeFile(path.join(folder, 'yunet.onnx'), 'broken');
    await expect(selectPack(packsFolder)).rejects.toThrow(/yunet\.onnx is altered/);
  });

  withModels(`recognises batches${why}`, async () => {
    await expectRecognisersToRun(await installAccurate());
  });

  withModels(`detects at any side that is a multiple of 32${why}`, async () => {
    const { folder } = await installAccurate();
    const session = await InferenceSession.create(path.join(folder, 'yunet.onnx'), { intraOpNumThreads: 1 });
    const original = await readFile(path.join(modelsFolder, externalSources(ACCURATE_PACK)[0]!.localName!));
    const fixed = await InferenceSession.create(original, { intraOpNumThreads: 1, logSeverityLevel: 4 });
    const feed = (side: number) => ({
      input: new Tensor(
        'float32',
        Float32Array.from({ length: 3 * side ** 2 }, (_, i) => (i * 31) % 256),
        [1, 3, side, side],
      ),
    });
    const [actual, expected] = [await session.run(feed(640)), await fixed.run(feed(640))];
    for (const name of fixed.outputNames) expect(actual[name]!.data).toEqual(expected[name]!.data);
    const small = await session.run(feed(160));
    expect(small['kps_8']!.dims).toEqual([1, 400, 10]);
    expect(small['cls_32']!.dims).toEqual([1, 25, 1]);
  });
});
