import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Cluster } from './cluster.ts';
import { worksIn } from './pid-file.ts';

/**
 * Lets a start pass the lock files of a server that died without removing them, or before it had written them.
 * PostgreSQL would refuse to start for as long as the process id in them answers, and it may answer for ever: as
 * another process or thread by now, since a container gives out the same ids at every start, or as a dead one that
 * nobody collects.
 *
 * The files stay, and with them the check that no orphan of the dead server still holds its shared memory: only the
 * process id in them becomes that of this process, which PostgreSQL knows for its parent and so not for a rival.
 *
 * Linux only: elsewhere nobody can say where a process works.
 */
export async function passStalePids({ data, endpoint }: Cluster): Promise<void> {
  if (process.platform !== 'linux' || (await isWorkedIn(data))) return;
  await claim(join(data, 'postmaster.pid'));
  await claim(join(endpoint.host, `.s.PGSQL.${endpoint.port}.lock`));
}

/** Whether any process does, an orphan of a dead server for one. */
async function isWorkedIn(data: string): Promise<boolean> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  return (await Promise.all(pids.map((pid) => worksIn(data, pid)))).includes(true);
}

/** Written over in one piece and never shorter, so that one cut short leaves no file without a process id. */
async function claim(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const [pid = '', ...rest] = text.split('\n');
  const handle = await open(file, 'r+');
  try {
    await handle.write([String(process.pid).padEnd(pid.length), ...rest].join('\n'), 0);
  } finally {
    await handle.close();
  }
}
