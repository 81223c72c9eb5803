/** The cases that this process examines just now. */
export interface RunningCases {
  /** @param work  is told by its signal when the case is given up. */
  during<T>(reference: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Nothing happens when the case is not examined here. */
  giveUp(reference: string): void;
}

export function createRunningCases(): RunningCases {
  const running = new Map<string, AbortController>();
  return {
    during: async (reference, work) => {
      const controller = new AbortController();
      running.set(reference, controller);
      try {
        return await work(controller.signal);
      } finally {
        // Another attempt may have begun here once the lease of this one was over.
        if (running.get(reference) === controller) running.delete(reference);
      }
    },
    giveUp: (reference) => running.get(reference)?.abort(),
  };
}
