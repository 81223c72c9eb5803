import type { Engine } from '@facegate/engine';
import type { Outside } from './outside.ts';
import { findWorkplace } from './workplace.ts';

/** Opens the engine on the pack asked for, runs `work` and closes the engine whatever happens. */
export async function withEngine<Answer>(
  outside: Outside,
  options: { pack?: string; workers: number },
  work: (engine: Engine) => Promise<Answer>,
): Promise<Answer> {
  const { packsFolder, wantedPack } = findWorkplace(outside, options.pack);
  const door = await outside.openEngine();
  const pack = await door.selectPack(packsFolder, wantedPack);
  const engine = await door.createEngine({ packFolder: pack.folder, workers: options.workers });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
