import type { Outside } from '../outside.ts';

/** A sink for progress lines that stays silent when nobody watches, so that logs and pipes hold answers only. */
export function createProgress(outside: Pick<Outside, 'isWatched' | 'complain'>): (line: string) => void {
  return outside.isWatched ? (line) => outside.complain(line) : () => {};
}
