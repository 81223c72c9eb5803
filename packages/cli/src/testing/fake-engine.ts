import { ACCURATE_PACK, type Engine, type InstalledPack, overlaySvg } from '@facegate/engine';
import { type AnalysedFace, type AnalysedImage, degrees, EngineError } from '@facegate/engine/vocabulary';
import type { EngineDoor } from '../engine-door.ts';

/**
 * An engine whose pictures are text files: `face <angle>` holds one face whose template points that many degrees
 * round a circle, `faces <angle> <angle> …` several, `empty` none, anything else is unreadable.
 */
export function createFakeEngine(): Engine & { readonly isClosed: () => boolean } {
  let closed = false;
  return {
    pack: { packId: 'fake@1.0.0', title: 'Fake', templateDimension: 2 },
    calibration: {
      dataset: 'drawn circles',
      measuredOn: '2026-01-01',
      nonMatedComparisons: 1000,
      anchors: [
        { falseMatchRate: 0.1, score: 0.3 },
        { falseMatchRate: 0.001, score: 0.5 },
      ],
    },
    analyse: async (bytes, request) => {
      const [kind, ...angles] = new TextDecoder().decode(bytes).trim().split(' ');
      if (kind !== 'face' && kind !== 'faces' && kind !== 'empty') {
        throw new EngineError('unsupported-media', 'The bytes are not of an accepted image format.');
      }
      const faces = angles.map((angle) => faceAt(Number(angle)));
      return { ...PICTURE, faces: request.faces === 'all' ? faces : faces.slice(0, 1) };
    },
    analyseVideo: async () => {
      throw new EngineError('video-unsupported', 'Text files do not move.');
    },
    inspect: async () => {},
    inspectVideo: async () => {
      throw new EngineError('video-unsupported', 'Text files do not move.');
    },
    load: () => ({ workers: 1, running: 0, waiting: 0 }),
    close: async () => {
      closed = true;
    },
    isClosed: () => closed,
  };
}

const PICTURE: Omit<AnalysedImage, 'faces'> = {
  width: 60,
  height: 40,
  mediaType: 'image/jpeg',
  stageMs: { decode: 1 },
};

function faceAt(angleDegrees: number): AnalysedFace {
  const radians = (angleDegrees / 180) * Math.PI;
  return {
    box: { x: 10, y: 8, width: 20, height: 24 },
    landmarks: {
      subjectRightEye: { x: 15.5, y: 15.5 },
      subjectLeftEye: { x: 25.5, y: 15.5 },
      noseTip: { x: 20.5, y: 20.5 },
      subjectRightMouthCorner: { x: 16.5, y: 26.5 },
      subjectLeftMouthCorner: { x: 24.5, y: 26.5 },
    },
    roll: degrees(0),
    detectionScore: 0.9,
    template: {
      packId: 'fake@1.0.0',
      values: Float32Array.of(Math.cos(radians), Math.sin(radians)),
    },
    portraits: [],
  };
}

/** The door to the fake engine. Installed packs are given; installing reads every source and keeps its bytes. */
export function createFakeDoor(packs: readonly InstalledPack[] = [FAKE_PACK]) {
  const engine = createFakeEngine();
  const installed: Uint8Array[] = [];
  const source = {
    origin: 'owner/name@commit',
    path: 'models/a.onnx',
    sha256: '0'.repeat(64),
    licence: 'MIT',
  };
  const door: EngineDoor = {
    createEngine: async () => engine,
    prepareCorePack: async ({ onProgress }) => {
      onProgress?.({ file: 'a.onnx', done: 1, total: 1 });
      return FAKE_PACK;
    },
    installPack: async ({ readSource }) => {
      installed.push(await readSource(source));
      return FAKE_PACK;
    },
    ACCURATE_PACK,
    overlaySvg,
    sourceUrl: ({ path }) => `https://files.example/${path}`,
    listPacks: async () => [...packs],
    fingerprintPack: async (folder) => ({ faces: folder.length, projections: [0.5] }),
    verifyPack: async (folder) => {
      const isSound = !folder.includes('altered');
      const files = [{ name: 'a.onnx', state: isSound ? 'ok' : 'altered' } as const];
      return { folder, manifest: FAKE_PACK.manifest, fault: undefined, files, isSound };
    },
    selectPack: async (_packsFolder, wantedId) => {
      const found = packs.find(({ manifest }) => wantedId === undefined || manifest.id === wantedId);
      if (!found) throw new EngineError('model-missing', `No pack ${wantedId ?? ''} is installed.`);
      return found;
    },
  };
  return { door, engine, installed };
}

export const FAKE_PACK: InstalledPack = {
  folder: '/packs/fake',
  manifest: {
    ...ACCURATE_PACK.manifest,
    id: 'fake',
    version: '1.0.0',
    title: 'Fake pack',
    rank: 1,
    files: [{ name: 'a.onnx', sha256: '0'.repeat(64), bytes: 2048, sources: [] }],
  },
};
