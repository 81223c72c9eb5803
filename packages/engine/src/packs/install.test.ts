import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGraphBuilder } from '../convert/onnx-graph.ts';
import { encodeModel } from '../convert/onnx-write.ts';
import { EngineError } from '../vocabulary/errors.ts';
import { sha256Of } from './checksum.ts';
import { CORE_PACK } from './core.data.ts';
import { type InstallOptions, installPack } from './install.ts';
import { listPacks, selectPack, verifyPack } from './installed-packs.ts';
import { definePack, type PackRecipe, type RecipeFile } from './recipe.ts';

let packsFolder: string;

beforeEach(async () => {
  packsFolder = await mkdtemp(path.join(tmpdir(), 'facegate-packs-'));
});

afterEach(() => rm(packsFolder, { recursive: true }));

/** A model of one Relu, and the recipe that passes it through unchanged. */
function tinyFile(name: string): { file: RecipeFile; source: Uint8Array } {
  const graph = createGraphBuilder(name);
  graph.output(graph.node('Relu', [graph.input({ name: 'in', dims: [1] })]), { name: 'out', dims: [1] });
  const source = encodeModel(graph.finish());
  const sha256 = sha256Of(source);
  const origin = { origin: 'someone/models@0123', path: `weights/${name}`, sha256, licence: 'MIT' };
  const conversion = { kind: 'onnx-patch', patch: { ports: [] } } as const;
  return { source, file: { name, sha256, bytes: source.length, sources: [origin], conversion } };
}

const DETECTOR = tinyFile('detector.onnx');
const RECOGNISER = tinyFile('recogniser.onnx');

function tinyRecipe(facts: { id?: string; version?: string; rank?: number } = {}): PackRecipe {
  const { files: _, manifestVersion: __, metric: ___, ...core } = CORE_PACK.manifest;
  const [step] = core.detection;
  const [recogniser] = core.recognition;
  return definePack(
    {
      ...core,
      id: 'tiny',
      ...facts,
      detection: [{ ...step!, file: 'detector.onnx' }],
      landmarks: { ...core.landmarks, file: 'detector.onnx' },
      recognition: [{ ...recogniser!, file: 'recogniser.onnx', share: 1 }],
    },
    [DETECTOR.file, RECOGNISER.file],
  );
}

const readSource: InstallOptions['readSource'] = async (source) =>
  source.path.endsWith(DETECTOR.file.name) ? DETECTOR.source : RECOGNISER.source;

const install = (options: Partial<InstallOptions> = {}) =>
  installPack({ recipe: tinyRecipe(), packsFolder, readSource, ...options });

const damage = async (folder: string, name: string): Promise<void> => {
  const bytes = await readFile(path.join(folder, name));
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(path.join(folder, name), bytes);
};

describe('installing', () => {
  test('makes a pack that is sound and reports each file', async () => {
    const seen: string[] = [];
    const pack = await install({
      onProgress: ({ file, done, total }) => seen.push(`${file} ${done}/${total}`),
    });
    expect(seen).toEqual(['detector.onnx 1/2', 'recogniser.onnx 2/2']);
    expect(pack).toEqual({ folder: path.join(packsFolder, 'tiny'), manifest: tinyRecipe().manifest });
    expect((await verifyPack(pack.folder)).isSound).toBe(true);
  });

  test('a second time reads nothing', async () => {
    const first = await install();
    const readNothing = async () => {
      throw new Error('A source was read.');
    };
    expect(await install({ readSource: readNothing })).toEqual(first);
  });

  test('repairs a damaged pack', async () => {
    const { folder } = await install();
    await damage(folder, 'recogniser.onnx');
    await install();
    expect((await verifyPack(folder)).isSound).toBe(true);
    expect(await readdir(packsFolder)).toEqual(['tiny']);
  });

  test('replaces an older version', async () => {
    await install();
    await install({ recipe: tinyRecipe({ version: '1.0.1' }) });
    expect((await selectPack(packsFolder)).manifest.version).toBe('1.0.1');
    expect(await readdir(packsFolder)).toEqual(['tiny']);
  });

  test('twice at once ends with one sound pack', async () => {
    await Promise.all([install(), install(), install()]);
    expect(await readdir(packsFolder)).toEqual(['tiny']);
    expect((await verifyPack(path.join(packsFolder, 'tiny'))).isSound).toBe(true);
  });
});

describe('a failure', () => {
  test('of the last source leaves nothing behind', async () => {
    const failing: InstallOptions['readSource'] = async (source) => {
      if (source.path.endsWith(RECOGNISER.file.name)) throw new EngineError('model-missing', 'gone');
      return DETECTOR.source;
    };
    await expect(install({ readSource: failing })).rejects.toThrow('gone');
    expect(await readdir(packsFolder)).toEqual([]);
  });

  test('leaves the older version in place', async () => {
    await install();
    const recipe = tinyRecipe({ version: '2.0.0' });
    await expect(install({ recipe, readSource: async () => new Uint8Array() })).rejects.toThrow();
    expect((await selectPack(packsFolder)).manifest.version).toBe('1.0.0');
    expect(await readdir(packsFolder)).toEqual(['tiny']);
  });

  test('to read a source is told with the name of the file', async () => {
    const unreadable = install({ readSource: () => Promise.reject(new Error('ENOENT')) });
    await expect(unreadable).rejects.toThrow('weights/detector.onnx could not be read: Error: ENOENT');
    await expect(unreadable).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('is what a source with other bytes is', async () => {
    const other = install({ readSource: async () => RECOGNISER.source });
    await expect(other).rejects.toThrow(
      /weights\/detector\.onnx of someone\/models@0123 is not the expected file/,
    );
    await expect(other).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('is what a conversion with another result is', async () => {
    const recipe = tinyRecipe();
    const [detector, recogniser] = recipe.files;
    const files = [detector!, { ...recogniser!, sha256: '0'.repeat(64) }];
    await expect(install({ recipe: { ...recipe, files } })).rejects.toThrow(
      /recogniser\.onnx, as converted,/,
    );
    expect(await readdir(packsFolder)).toEqual([]);
  });
});

describe('verifying', () => {
  test('tells altered from absent files', async () => {
    const { folder } = await install();
    await damage(folder, 'recogniser.onnx');
    await rm(path.join(folder, 'detector.onnx'));
    const { files, isSound } = await verifyPack(folder);
    expect(isSound).toBe(false);
    expect(files).toEqual([
      { name: 'detector.onnx', state: 'absent' },
      { name: 'recogniser.onnx', state: 'altered' },
    ]);
  });

  test('reports a folder without a manifest and a manifest that is not valid', async () => {
    const { folder } = await install();
    expect((await verifyPack(packsFolder)).fault).toMatch(/no manifest\.json/);
    await writeFile(path.join(folder, 'manifest.json'), '{}');
    expect(await verifyPack(folder)).toMatchObject({ manifest: undefined, isSound: false, files: [] });
  });
});

describe('selecting', () => {
  beforeEach(async () => {
    await install();
    await install({ recipe: tinyRecipe({ id: 'better', rank: 90 }) });
    await install({ recipe: tinyRecipe({ id: 'lesser', rank: 1 }) });
  });

  test('lists packs by descending rank and skips what is no pack', async () => {
    await writeFile(path.join(packsFolder, 'lesser', 'manifest.json'), 'not JSON');
    expect((await listPacks(packsFolder)).map(({ manifest }) => manifest.id)).toEqual(['better', 'tiny']);
    expect(await listPacks(path.join(packsFolder, 'nowhere'))).toEqual([]);
  });

  test('takes the highest rank, or the one that is named', async () => {
    expect((await selectPack(packsFolder)).manifest.id).toBe('better');
    expect((await selectPack(packsFolder, 'lesser')).manifest.id).toBe('lesser');
  });

  test('refuses a pack with one flipped bit, and does not fall back in silence', async () => {
    await damage(path.join(packsFolder, 'better'), 'recogniser.onnx');
    await expect(selectPack(packsFolder)).rejects.toThrow(/better .* damaged: recogniser\.onnx is altered/);
    await expect(selectPack(packsFolder, 'better')).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('says what is installed when the wanted pack is not', async () => {
    await expect(selectPack(packsFolder, 'absent')).rejects.toThrow(/installed: better, tiny, lesser/);
    await expect(selectPack(path.join(packsFolder, 'nowhere'))).rejects.toThrow(/No model pack is installed/);
    await writeFile(path.join(packsFolder, 'better', 'manifest.json'), '{}');
    await expect(selectPack(packsFolder, 'better')).rejects.toThrow(
      /cannot be used: The manifest is not valid/,
    );
  });
});
