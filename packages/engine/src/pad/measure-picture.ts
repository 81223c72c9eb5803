import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeImage } from '../image/decode.ts';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import { MANIFEST_NAME } from '../packs/installed-packs.ts';
import { parseManifest } from '../packs/parse-manifest.ts';
import { findFaces } from '../pipeline/find-faces.ts';
import { loadModels } from '../pipeline/models.ts';
import { boxForPad } from './detector-box.ts';
import { measureSignals, type PadMeasurements } from './measure-signals.ts';

/** Measures pictures for the calibration of signals; answers to requests come from the engine. */
export interface PadMeter {
  /** Of the central face; undefined when there is none. */
  measure(bytes: Uint8Array): Promise<PadMeasurements | undefined>;
  release(): Promise<void>;
}

/** @throws EngineError `model-missing` when the folder holds no sound pack. */
export async function openPadMeter(packFolder: string): Promise<PadMeter> {
  const manifest = parseManifest(await readFile(path.join(packFolder, MANIFEST_NAME), 'utf8'));
  const models = await loadModels(packFolder, manifest);
  return {
    measure: async (bytes) => {
      const { image } = await decodeImage(bytes, DEFAULT_IMAGE_LIMITS);
      const [face] = await findFaces(image, models, { faces: 'central', stage: (_, work) => work() });
      return face && measureSignals({ image, box: boxForPad(face), auxiliary: models.auxiliary });
    },
    release: () => models.release(),
  };
}
