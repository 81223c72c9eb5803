interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Calls with one key that come while one is under way wait for it, and are then made as one. So a flood of them holds
 * one connection, and costs little more than a call at a time.
 *
 * @param callTogether  makes so many calls as one; an answer for each.
 */
export function together<Answer>(
  callTogether: (key: string, calls: number) => Promise<readonly Answer[]>,
): (key: string) => Promise<Answer> {
  const waiting = new Map<string, Waiting<Answer>[]>();

  const callFor = async (key: string, batch: readonly Waiting<Answer>[]): Promise<void> => {
    try {
      const answers = await callTogether(key, batch.length);
      for (const [i, answer] of answers.entries()) batch[i]?.resolve(answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const callForAll = async (key: string): Promise<void> => {
    for (;;) {
      const batch = waiting.get(key) ?? [];
      if (batch.length === 0) break;
      waiting.set(key, []);
      await callFor(key, batch);
    }
    waiting.delete(key);
  };

  return (key) =>
    new Promise((resolve, reject) => {
      const batch = waiting.get(key);
      batch?.push({ resolve, reject });
      if (batch !== undefined) return;
      waiting.set(key, [{ resolve, reject }]);
      void callForAll(key);
    });
}
