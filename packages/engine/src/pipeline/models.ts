import { join } from 'node:path';
import { CHIP_LAYOUTS } from '../alignment/chip-layouts.ts';
import { openBlazeface } from '../detection/blazeface.ts';
import type { Detector } from '../detection/detector.ts';
import { openYunet } from '../detection/yunet.ts';
import { type InjectionNetwork, openInjectionNetwork } from '../injection/networks/injection-network.ts';
import { MESH_SIDE, type MeshNetwork, openFacemesh } from '../landmarks/facemesh.ts';
import { type DetectionStep, type PackManifest, packIdOf, type RecogniserSpec } from '../packs/manifest.ts';
import { openRecogniser, type Recogniser } from '../recognition/recogniser.ts';
import { type AuxiliaryNetworks, auxiliaryNetworks } from './auxiliary.ts';

/** Every network of a pack, loaded. One set per thread. */
export interface Models {
  readonly packId: string;
  readonly manifest: PackManifest;
  readonly detectors: ReadonlyMap<string, Detector>;
  readonly mesh: MeshNetwork;
  readonly recognisers: readonly Recogniser[];
  readonly auxiliary: AuxiliaryNetworks;
  /** In the manifest's order. */
  readonly injection: readonly InjectionNetwork[];
  /** Pixels that the side of a face's square must keep so that no network misses detail. */
  readonly viewDetail: number;
  release(): Promise<void>;
}

const OPEN_DETECTOR = { yunet: openYunet, blazeface: openBlazeface } as const satisfies Record<
  DetectionStep['network'],
  (file: string) => Promise<Detector>
>;

/** @throws EngineError `model-missing` when a file is absent or not a network, or not the one that the manifest describes. */
export async function loadModels(folder: string, manifest: PackManifest): Promise<Models> {
  const detectors = await loadDetectors(folder, manifest.detection);
  const mesh = await openFacemesh(join(folder, manifest.landmarks.file));
  const recognisers = await Promise.all(
    manifest.recognition.map((spec) => openRecogniser(join(folder, spec.file), spec)),
  );
  const auxiliary = auxiliaryNetworks(folder, manifest);
  const injection = await Promise.all(
    (manifest.injection ?? []).map((spec) => openInjectionNetwork(join(folder, spec.file), spec)),
  );
  const release = async (): Promise<void> => {
    const networks = [...detectors.values(), mesh, ...recognisers, auxiliary, ...injection];
    await Promise.all(networks.map((network) => network.release()));
  };
  const viewDetail = Math.max(MESH_SIDE, ...manifest.recognition.map(detailOf));
  return {
    packId: packIdOf(manifest),
    manifest,
    detectors,
    mesh,
    recognisers,
    auxiliary,
    injection,
    viewDetail,
    release,
  };
}

/** The face square is about four eye distances wide; the eye distance of a chip is its layout's. */
function detailOf({ inputSize, layout, crops }: RecogniserSpec): number {
  const [rightEye, leftEye] = CHIP_LAYOUTS[layout];
  return 4 * (leftEye.x - rightEye.x) * Math.max(...crops.map(({ zoom }) => zoom)) * inputSize;
}

async function loadDetectors(
  folder: string,
  ladder: readonly DetectionStep[],
): Promise<ReadonlyMap<string, Detector>> {
  const networkOfFile = new Map(ladder.map((step) => [step.file, step.network]));
  const opened = [...networkOfFile].map(
    async ([file, network]) => [file, await OPEN_DETECTOR[network](join(folder, file))] as const,
  );
  return new Map(await Promise.all(opened));
}
