import type { FakeEngineOptions } from '@facegate/testkit';

/** What each validation finds fault with, by the vendor's bit; a second face is a matter of the picture. */
const FAULTS = [
  {
    bit: 1,
    switches: { is_liveness: true, validate_liveness: true },
    traits: {
      presentationAttack: {
        outcome: 'attack',
        attackProbability: 0.97,
        assurance: 'normal',
        evidence: [{ signal: 'network', logLikelihoodRatio: 3.5 }],
      },
    },
  },
  {
    bit: 2,
    switches: { validate_attribute: true },
    traits: { attributes: { glasses: { value: 'dark', confidence: 0.9 } } },
  },
  { bit: 4, switches: { validate_quality: true }, traits: { quality: { blur: 0.9 } } },
  { bit: 8, switches: { validate_nface: true }, traits: {} },
] as const satisfies readonly { bit: number; switches: object; traits: FakeEngineOptions }[];

/** Every validation. */
export const VALIDATE_ALL = Object.assign({}, ...FAULTS.map(({ switches }) => switches)) as object;

/** An engine that finds the faults of these bits in every picture. */
export const faultyEngine = (bits: number): FakeEngineOptions =>
  Object.assign({}, ...FAULTS.filter(({ bit }) => (bits & bit) !== 0).map(({ traits }) => traits));
