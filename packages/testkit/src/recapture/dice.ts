import { randomSequence } from '@facegate/measurement';

/** Draws of one picture: the same for the same seed on every machine. */
export interface Dice {
  /** Uniform between the two. */
  between(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Mean 0, deviation 1. */
  normal(): number;
}

export function createDice(seed: number): Dice {
  const random = randomSequence(seed);
  const between = (low: number, high: number): number => low + (high - low) * random();
  return {
    between,
    chance: (probability) => random() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  };
}
