import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../../packs/checksum.ts';
import type { InjectionNetworkSpec } from '../../packs/injection-network.ts';
import { prepareCorePack } from '../../packs/install.ts';
import { type InstalledPack, selectPack } from '../../packs/installed-packs.ts';
import { createEngine } from '../../runtime/create-engine.ts';
import type { Injection } from '../../vocabulary/injection.ts';
import { TINY_CALIBRATION, TINY_SPEC, tinyNetwork } from './tiny-network.fixture.ts';

const demo = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);
let packsFolder: string;
let photograph: Uint8Array;
let core: InstalledPack;

beforeAll(async () => {
  packsFolder = await mkdtemp(join(tmpdir(), 'facegate-networks-'));
  core = await prepareCorePack({ packsFolder });
  photograph = await readFile(join(demo, 'sample1.jpg'));
});

afterAll(() => rm(packsFolder, { recursive: true }));

/** A copy of the core pack with networks that share one file. */
async function packWith(id: string, networks: readonly InjectionNetworkSpec[], model = tinyNetwork()) {
  const folder = join(packsFolder, id);
  await cp(core.folder, folder, { recursive: true });
  const { file } = TINY_SPEC;
  await writeFile(join(folder, file), model);
  const sha256 = sha256Of(model);
  const source = { origin: 'our own', path: file, sha256, licence: 'Apache-2.0' };
  const files = [...core.manifest.files, { name: file, sha256, bytes: model.length, sources: [source] }];
  const manifest = { ...core.manifest, id, files, injection: networks };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

async function judged(packFolder: string): Promise<Injection> {
  const engine = await createEngine({ packFolder, workers: 1 });
  const { faces } = await engine.analyse(photograph, { faces: 'central', injection: true });
  await engine.close();
  return faces[0]!.injection!;
}

const ofNetworks = ({ evidence }: Injection) =>
  evidence.filter(({ signal }) => signal.startsWith('network:'));

describe('a pack with networks for manipulated faces', () => {
  it('answers bit for bit as without them while none is named', async () => {
    expect(await judged(await packWith('none-named', []))).toEqual(await judged(core.folder));
  });

  it('reports what an uncalibrated one says, and weighs nothing of it', async () => {
    const without = await judged(core.folder);
    const { evidence, ...verdict } = await judged(await packWith('uncalibrated', [TINY_SPEC]));
    expect({ ...verdict, evidence: evidence.slice(0, -1) }).toEqual(without);
    const last = evidence.at(-1)!;
    expect(last).toMatchObject({ signal: 'network:tiny', logLikelihoodRatio: 0 });
    expect(last.networkLogOdds).toBeGreaterThan(0);
    expect(last.networkLogOdds).toBeLessThan(1);
  });

  it('weighs calibrated ones, each within its bound', async () => {
    const without = await judged(core.folder);
    const sure = { ...TINY_CALIBRATION, bias: 9 };
    const networks = ['one', 'other'].map((name) => ({ ...TINY_SPEC, name, calibration: sure }));
    const found = await judged(await packWith('calibrated', networks));
    expect(ofNetworks(found).map(({ signal }) => signal)).toEqual(['network:one', 'network:other']);
    const logOdds = ({ manipulationProbability: p }: Injection): number => Math.log(p / (1 - p));
    expect(logOdds(found) - logOdds(without)).toBeCloseTo(2 * TINY_CALIBRATION.logRatioMax, 9);
  });

  it('is refused when one of them is not what the manifest says', async () => {
    const small = { ...TINY_SPEC, input: { ...TINY_SPEC.input, side: 32 } };
    const refused = { code: 'model-missing' };
    await expect(judged(await packWith('wrong-size', [small]))).rejects.toMatchObject(refused);
    const nothing = await packWith('no-numbers', [TINY_SPEC], tinyNetwork({ divisor: 0 }));
    await expect(judged(nothing)).rejects.toMatchObject(refused);
    const gone = await packWith('gone', [TINY_SPEC]);
    await rm(join(gone, TINY_SPEC.file));
    await expect(judged(gone)).rejects.toMatchObject(refused);
    await expect(selectPack(packsFolder, 'gone')).rejects.toThrow(/tiny\.onnx is absent/);
  });

  it('is refused when the file of one was altered', async () => {
    const folder = await packWith('altered', [TINY_SPEC]);
    await writeFile(join(folder, TINY_SPEC.file), tinyNetwork({ divisor: 2 }));
    await expect(selectPack(packsFolder, 'altered')).rejects.toThrow(/tiny\.onnx is altered/);
  });
});
