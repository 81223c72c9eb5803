import type { Injection } from '@facegate/engine/vocabulary';
import type { Deepfake } from '../wire/answers.ts';

const STATUS = { genuine: false, manipulated: true, undetermined: null } as const;

/** A verdict with its probability in percent. */
export const deepfakeOf = (injection: Injection | undefined): Deepfake => ({
  status: STATUS[injection?.outcome ?? 'undetermined'],
  probability: injection ? Math.round(injection.manipulationProbability * 10_000) / 100 : null,
});
