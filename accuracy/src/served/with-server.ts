import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledPack } from '@facegate/engine';
import { type RunningServer, startServer } from '../../../e2e/src/server-process.ts';

/** Lets the database's own user pass through when the server is started by root. */
const PASSAGE = 0o711;

/** Runs a server with this pack and nobody enrolled; what it keeps is deleted afterwards. */
export async function withServer<T>(
  { folder, manifest }: InstalledPack,
  use: (server: RunningServer) => Promise<T>,
): Promise<T> {
  const data = await mkdtemp(join(tmpdir(), 'facegate-accuracy-'));
  try {
    await chmod(data, PASSAGE);
    await cp(folder, join(data, 'packs', manifest.id), { recursive: true });
    const server = await startServer({
      FACEGATE_DATA: data,
      FACEGATE_PACK: manifest.id,
      FACEGATE_LOG_LEVEL: 'warn',
    });
    try {
      return await use(server);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
