/** What is timed: one call of each contestant a round. */
export type Contestants = Readonly<Record<string, (round: number) => Promise<unknown> | unknown>>;

/** Milliseconds of each contestant, by round. */
export type Times = Readonly<Record<string, readonly number[]>>;

export const WARM_UP_ROUNDS = 3;

/**
 * Times contestants side by side: every round calls each once, in an order that moves on by one each round, so that the
 * machine's moods and each other's traces in the caches fall on all alike.
 */
export async function timeRounds(contestants: Contestants, rounds: number): Promise<Times> {
  const names = Object.keys(contestants);
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round + WARM_UP_ROUNDS) % names.length] ?? '';
      const started = performance.now();
      await contestants[name]?.(round + WARM_UP_ROUNDS);
      if (round >= 0) times[name]?.push(performance.now() - started);
    }
  }
  return times;
}
