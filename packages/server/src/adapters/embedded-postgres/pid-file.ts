import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Endpoint } from './endpoint.ts';

/** What a running server writes about itself into its data folder. */
export interface PidFile {
  readonly pid: number;
  readonly endpoint: Endpoint;
}

/** @returns undefined when there is no file, or one that is not finished. */
export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, socketFolder, address] = text.split('\n').map((line) => line.trim());
  const host = socketFolder || address;
  if (!host || !(Number(pid) > 0)) return undefined;
  return { pid: Number(pid), endpoint: { host, port: Number(port) } };
}

/**
 * Whether the process is a server that works in `data`: ids are given out again, and a dead process keeps its id
 * until somebody collects it.
 *
 * Only Linux tells where a process works; elsewhere any living process counts.
 */
export async function worksIn(data: string, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return isAlive(pid);
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return place !== undefined && place === (await realpath(data));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
