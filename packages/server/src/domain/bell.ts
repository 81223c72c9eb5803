/** Wakes whoever waits for a change. */
export interface Bell {
  ring(): void;
  /** How often it was rung so far. */
  rings(): number;
  /** Resolves when it was rung more often than `rings`, after `ms` at the latest, or when `signal` fires. */
  after(rings: number, ms: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  const waiting = new Set<() => void>();
  let rung = 0;
  return {
    ring: () => {
      rung++;
      for (const wake of waiting) wake();
    },
    rings: () => rung,
    after: (rings, ms, signal) =>
      new Promise((resolve) => {
        if (rung > rings || signal.aborted) return resolve();
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms).unref();
        signal.addEventListener('abort', wake, { once: true });
        waiting.add(wake);
      }),
  };
}
