import { readFile } from 'node:fs/promises';

const INTERVAL_MS = 50;

/**
 * Looks at what a process holds in memory, several times a second, and calls back once when it is beyond the bound.
 *
 * The kernel tells it on Linux only; elsewhere nothing is watched.
 *
 * @returns ends the watch.
 */
export function watchMemory(processId: number, bytesMax: number, onExcess: () => void): () => void {
  const timer = setInterval(async () => {
    const held = await residentBytes(processId);
    if (held <= bytesMax) return;
    clearInterval(timer);
    onExcess();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** 0 where it is not known. */
async function residentBytes(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'latin1').catch(() => '');
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}
