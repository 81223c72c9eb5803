import type { Bell } from './bell.ts';

/** Between two looks for work: signals may be lost, and what was put off or left behind comes due without one. */
const POLL_MS = 1000;

export interface Lanes {
  /** How much is done at once. 0: nothing. */
  readonly count: number;
  /** Rung when there may be something to do. */
  readonly bell: Bell;
  /** For what is being done when the lanes are ended; then it is told to give up. */
  readonly drainMs: number;
  /** Told what `doNext` threw; it is called again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Does one thing after the other in each lane, and waits while there is nothing to do.
 *
 * @param doNext  resolves to false when there was nothing.
 * @returns ends the lanes; resolves when what runs has ended.
 */
export function inLanes(
  doNext: (giveUp: AbortSignal) => Promise<boolean>,
  { count, bell, drainMs, onFailure }: Lanes,
): () => Promise<void> {
  const [stop, giveUp] = [new AbortController(), new AbortController()];
  const runLane = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const rings = bell.rings();
      const isBusy = await doNext(giveUp.signal).catch((error: unknown) => {
        onFailure(error);
        return false;
      });
      if (!isBusy) await bell.after(rings, POLL_MS, stop.signal);
    }
  };
  const lanes = Array.from({ length: count }, runLane);
  return async () => {
    stop.abort();
    const timer = setTimeout(() => giveUp.abort(), drainMs);
    await Promise.all(lanes);
    clearTimeout(timer);
  };
}
