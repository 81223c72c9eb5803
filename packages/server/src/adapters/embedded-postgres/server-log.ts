import { open, stat, truncate } from 'node:fs/promises';

const SIZE_BYTES_MAX = 10 * 1024 * 1024;
const TAIL_LINES = 20;

/** Where in the log a run of the server begins. One that grew beyond 10 MB begins anew. */
export async function markLog(file: string): Promise<number> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size <= SIZE_BYTES_MAX) return size;
  await truncate(file);
  return 0;
}

/** The last lines written since the mark; empty when none were. */
export async function readTail(file: string, mark: number): Promise<string> {
  const handle = await open(file);
  try {
    const length = Math.max(0, (await handle.stat()).size - mark);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, mark);
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  } finally {
    await handle.close();
  }
}
