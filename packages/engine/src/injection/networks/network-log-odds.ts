import type { InjectionNetworkSpec } from '../../packs/injection-network.ts';
import { outputNamed, type Plane } from '../../runtime/network.ts';
import { EngineError } from '../../vocabulary/errors.ts';

/** Probabilities closer to 0 or 1 are not told apart: float32 has rounded them. */
const PROBABILITY_MIN = 1e-4;

/** How far float32 may miss the bounds of a probability. */
const ROUNDING = 1e-5;

/**
 * Natural log-odds of a manipulation as a network gives them, whichever way round it speaks; 9.2 either way at most where
 * it gives probabilities.
 *
 * @throws EngineError `model-missing` when the network does not give what its manifest says.
 */
export function logOddsIn(
  outputs: Readonly<Record<string, Plane>>,
  { name, output }: Pick<InjectionNetworkSpec, 'name' | 'output'>,
): number {
  const values = outputNamed(outputs, output.name);
  const refused = (fault: string): EngineError =>
    new EngineError('model-missing', `Output ${output.name} of network ${name} ${fault}.`);
  const valueAt = (index: number): number => {
    const value = values[index];
    if (value === undefined) throw refused(`has no value ${index}`);
    if (!Number.isFinite(value)) throw refused('is not a number');
    return value;
  };
  const value = valueAt(output.index);
  const isProbability = value >= -ROUNDING && value <= 1 + ROUNDING;
  if (output.meaning === 'probability' && !isProbability) throw refused('is no probability');
  const other = output.against === undefined ? 0 : valueAt(output.against);
  const logOdds = output.meaning === 'probability' ? logit(value) : value - other;
  return output.of === 'manipulated' ? logOdds : -logOdds;
}

function logit(probability: number): number {
  const bounded = Math.min(1 - PROBABILITY_MIN, Math.max(PROBABILITY_MIN, probability));
  return Math.log(bounded / (1 - bounded));
}
