import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Cluster } from './cluster.ts';
import { worksIn } from './pid-file.ts';

/**
 * Lets a start pass the lock files of a server that died without removing them, where its process id answers to
 * another process or thread by now, or to a dead one that nobody collected. A container gives out the same ids at
 * every start, and PostgreSQL would refuse to start for as long as such a process lives.
 *
 * The files stay, and with them the check that no orphan of the dead server still holds its shared memory: only the
 * process id in them becomes that of this process, which PostgreSQL knows for its parent and so not for a rival.
 *
 * Linux only: elsewhere nobody can say where a process works.
 */
export async function passStalePids({ data, endpoint }: Cluster): Promise<void> {
  if (process.platform !== 'linux') return;
  await passStalePid(data, join(data, 'postmaster.pid'));
  await passStalePid(data, join(endpoint.host, `.s.PGSQL.${endpoint.port}.lock`));
}

async function passStalePid(data: string, file: string): Promise<void> {
  const [pid, ...rest] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  if (!(await isTaken(Number(pid))) || (await worksIn(data, Number(pid)))) return;
  await writeFile(file, [String(process.pid), ...rest].join('\n'));
}

/** Threads have their ids from the same store, and answer to them. */
async function isTaken(pid: number): Promise<boolean> {
  if (!(pid > 0) || pid === process.pid) return false;
  return (await stat(`/proc/${pid}`).catch(() => undefined)) !== undefined;
}
