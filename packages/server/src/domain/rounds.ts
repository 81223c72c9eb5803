export interface Rounds {
  /** From the end of one to the beginning of the next, milliseconds. */
  readonly everyMs: number;
  /** Told what went wrong; the next round tries again. */
  readonly onFailure: (error: unknown) => void;
}

/** Does `work` again and again, for as long as it runs; the first time after one pause. @returns ends it, after the round that runs. */
export function inRounds(work: () => Promise<void>, { everyMs, onFailure }: Rounds): () => Promise<void> {
  let timer: NodeJS.Timeout;
  let round = Promise.resolve();
  const wait = (): void => {
    timer = setTimeout(() => {
      round = work().catch(onFailure).then(wait);
    }, everyMs).unref();
  };
  wait();
  return async () => {
    clearTimeout(timer);
    await round;
    clearTimeout(timer);
  };
}
