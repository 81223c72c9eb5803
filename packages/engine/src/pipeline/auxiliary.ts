import { join } from 'node:path';
import type { AuxiliaryUse, PackManifest } from '../packs/manifest.ts';
import { type Network, openNetwork } from '../runtime/network.ts';

/** The networks that only some requests need, each loaded when the first one does. */
export interface AuxiliaryNetworks {
  /**
   * @returns undefined when the pack has none for this use.
   * @throws  EngineError `model-missing` when its file is absent or not a network.
   */
  get(use: AuxiliaryUse): Promise<Network | undefined>;
  release(): Promise<void>;
}

export function auxiliaryNetworks(folder: string, { auxiliary = [] }: PackManifest): AuxiliaryNetworks {
  const files = new Map(auxiliary.map(({ use, file }) => [use, join(folder, file)]));
  const opened = new Map<AuxiliaryUse, Promise<Network>>();
  return {
    get: async (use) => {
      const file = files.get(use);
      if (file === undefined) return undefined;
      const network = opened.get(use) ?? openNetwork(file);
      opened.set(use, network);
      return network;
    },
    release: async () => {
      const networks = await Promise.allSettled(opened.values());
      await Promise.all(networks.map((result) => result.status === 'fulfilled' && result.value.release()));
    },
  };
}
