import type { AnalysingEngine } from './face-processor.ts';

/** What the server uses of `@facegate/engine`. */
export interface EngineDoor {
  createEngine(options: {
    packFolder: string;
    workers?: number;
    queueMax?: number;
    limits?: { bytesMax: number; sideMax: number; pixelsMax: number };
  }): Promise<AnalysingEngine & { close(): Promise<void> }>;
  prepareCorePack(options: { packsFolder: string }): Promise<unknown>;
  selectPack(packsFolder: string, wantedId?: string): Promise<{ readonly folder: string }>;
}

/** Loaded when the server starts, not when this file is read: tests never wait for a model runtime. */
export async function openEngineDoor(): Promise<EngineDoor> {
  const name = '@facegate/engine';
  return (await import(name)) as EngineDoor;
}
