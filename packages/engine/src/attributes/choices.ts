import type { AttributeChoice } from '../vocabulary/attributes.ts';

/** The likelier of two, by the probability of the first. Undefined stays undefined: nobody could tell. */
export function eitherOf<First extends string, Second extends string>(
  probability: number | undefined,
  [first, second]: readonly [First, Second],
): AttributeChoice<First | Second> | undefined {
  if (probability === undefined) return undefined;
  return probability > 0.5
    ? { value: first, confidence: probability }
    : { value: second, confidence: 1 - probability };
}

/** The likeliest of several, whose probabilities add up to 1. */
export function likeliestOf<Value extends string>(
  probabilities: Readonly<Record<Value, number>>,
): AttributeChoice<Value> {
  const choices = Object.entries(probabilities) as [Value, number][];
  const [value, confidence] = choices.reduce((best, choice) => (choice[1] > best[1] ? choice : best));
  return { value, confidence };
}
