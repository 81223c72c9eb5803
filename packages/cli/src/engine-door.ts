import type * as engine from '@facegate/engine';

/**
 * What the commands use of the engine, and the only place that loads it: `--help` and usage errors never wait for a
 * model runtime, and tests hand in a fake of the same shape.
 *
 * @module
 */
export type EngineDoor = Pick<
  typeof engine,
  | 'ACCURATE_PACK'
  | 'createEngine'
  | 'fingerprintPack'
  | 'installPack'
  | 'listPacks'
  | 'overlaySvg'
  | 'prepareCorePack'
  | 'selectPack'
  | 'sourceUrl'
  | 'verifyPack'
>;

/** Loads the engine: a few hundred milliseconds, most of them the model runtime. */
export async function openEngineDoor(): Promise<EngineDoor> {
  return await import('@facegate/engine');
}
