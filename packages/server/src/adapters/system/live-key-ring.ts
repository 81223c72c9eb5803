import { statSync } from 'node:fs';
import { type KeyRing, readKeyRing } from './key-ring.ts';

/** The key ring of a process that runs while others may write the file. */
export interface LiveKeyRing {
  /** As it was read last. */
  known(): KeyRing;
  /** As it is in the file now: read again where the file was replaced since. A stat each time, some microseconds. */
  latest(): KeyRing;
}

/**
 * Follows the file of a key ring. Keys that go from the file are known on to the end of the process: it may still hold
 * rows read before they were sealed anew.
 *
 * @param ring         the file's content, read before.
 * @param onUnreadable told once of each state of the file that cannot be read; the ring stays as it was.
 */
export function followKeyRing(
  file: string,
  ring: KeyRing,
  onUnreadable: (error: unknown) => void,
): LiveKeyRing {
  let known = ring;
  let seen: string | undefined;
  const latest = (): KeyRing => {
    const state = stateOf(file);
    if (state === seen) return known;
    seen = state;
    try {
      known = joined(readKeyRing(file) ?? known, known);
    } catch (error) {
      onUnreadable(error);
    }
    return known;
  };
  return { known: () => known, latest };
}

/** A replaced file is another file: no two states look alike. */
function stateOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? 'absent' : `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}

const joined = ([current, ...earlier]: KeyRing, known: KeyRing): KeyRing => {
  const ids = new Set([current, ...earlier].map(({ id }) => id));
  return [current, ...earlier, ...known.filter(({ id }) => !ids.has(id))];
};
