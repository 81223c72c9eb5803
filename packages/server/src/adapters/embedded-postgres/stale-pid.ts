import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { worksIn } from './pid-file.ts';

/**
 * Lets a start pass the pid file of a server that died without removing it, where its process id answers to another
 * process or thread by now, or to a dead one that nobody collected. A container gives out the same ids at every
 * start, and PostgreSQL would refuse to start for as long as such a process lives.
 *
 * The file stays, and with it the check that no orphan of the dead server still holds its shared memory: only the
 * process id in it becomes that of this process, which PostgreSQL knows for its parent and so not for a rival.
 *
 * @param data  real path. Linux only: elsewhere nobody can say where a process works.
 */
export async function passStalePid(data: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  const [pid, ...rest] = text.split('\n');
  if (!(Number(pid) > 0) || Number(pid) === process.pid || !(await isTaken(Number(pid)))) return;
  if (await worksIn(data, Number(pid))) return;
  await writeFile(file, [String(process.pid), ...rest].join('\n'));
}

const isTaken = async (pid: number): Promise<boolean> =>
  (await stat(`/proc/${pid}`).catch(() => undefined)) !== undefined;
