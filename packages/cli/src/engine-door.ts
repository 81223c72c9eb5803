import type { AnalysedImage, AnalysisRequest, Calibration, PackSummary } from '@facegate/engine/vocabulary';

/**
 * What the commands use of the engine, and the only place that loads it: `--help` and usage errors never wait for a
 * model runtime, and tests hand in a fake of the same shape.
 *
 * @module
 */
export interface EngineDoor {
  readonly createEngine: (options: {
    packFolder: string;
    workers?: number;
  }) => Promise<Pick<RunningEngine, 'pack' | 'calibration' | 'analyse' | 'close'>>;
  readonly prepareCorePack: (options: {
    packsFolder: string;
    onProgress?: (line: string) => void;
  }) => Promise<InstalledPack>;
  readonly installPack: (options: {
    recipe: PackRecipe;
    packsFolder: string;
    readSource: (source: PackSource) => Promise<Uint8Array>;
    onProgress?: (line: string) => void;
  }) => Promise<InstalledPack>;
  readonly ACCURATE_RECIPE: PackRecipe;
  readonly sourceUrl: (source: PackSource) => string;
  readonly listPacks: (packsFolder: string) => Promise<readonly InstalledPack[]>;
  readonly verifyPack: (folder: string) => Promise<PackVerdict>;
  readonly selectPack: (packsFolder: string, wantedId?: string) => Promise<InstalledPack>;
}

export interface RunningEngine {
  readonly pack: PackSummary;
  readonly calibration: Calibration;
  analyse(bytes: Uint8Array, request: AnalysisRequest): Promise<AnalysedImage>;
  close(): Promise<void>;
}

export interface InstalledPack {
  readonly folder: string;
  readonly manifest: {
    readonly id: string;
    readonly version: string;
    readonly title: string;
    readonly rank: number;
    readonly files: readonly { readonly name: string; readonly bytes: number }[];
  };
}

export interface PackSource {
  /** Local file name, as found in a folder given by `--from`. */
  readonly name: string;
  readonly origin: string;
  readonly path: string;
  readonly sha256: string;
  readonly licence: string;
}

export interface PackRecipe {
  readonly sources: readonly PackSource[];
}

export interface PackVerdict {
  readonly valid: boolean;
  readonly files: readonly { readonly name: string; readonly state: 'ok' | 'altered' | 'absent' }[];
}

/** Loads the engine: a few hundred milliseconds, most of them the model runtime. */
export async function openEngineDoor(): Promise<EngineDoor> {
  const name: string = '@facegate/engine';
  return (await import(name)) as EngineDoor;
}
