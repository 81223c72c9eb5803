import type { AnalysedFace, Injection, PresentationAttack } from '@facegate/engine/vocabulary';
import { createFakeEngine, drawPicture, type FakeEngineOptions } from '@facegate/testkit';
import { describe, expect, it } from 'vitest';
import { createFaceProcessor } from '../../adapters/engine/face-processor.ts';
import { judgeInjection } from './judge-injection.ts';
import type { Seen } from './look.ts';
import { lookAtPicture } from './look-at-picture.ts';

const POLICY = { manipulationProbabilityMin: 0.95 };

const injection = (manipulationProbability: number, outcome: Injection['outcome']): Injection => ({
  outcome,
  manipulationProbability,
  evidence: [],
});

const attack = (outcome: PresentationAttack['outcome']): PresentationAttack => ({
  outcome,
  attackProbability: 0.5,
  assurance: 'normal',
  evidence: [],
});

/** A drawn face as the use case sees it. */
async function seen(traits: FakeEngineOptions = {}): Promise<Seen> {
  const bytes = await drawPicture([{ identity: 1, x: 60, y: 40 }]);
  const processor = createFaceProcessor(createFakeEngine(traits));
  const medium = { name: 'probe', contentType: 'image/png', bytes } as const;
  const look = await lookAtPicture(processor, medium, new AbortController().signal);
  if (look === 'unreadable') throw new Error('a drawn picture is readable');
  return look;
}
const judged = async (traits?: FakeEngineOptions) => judgeInjection(await seen(traits), POLICY);

describe('a submission is declined', () => {
  it.each<[string, FakeEngineOptions]>([
    ['manipulated', { injection: injection(0.95, 'undetermined') }],
    ['presentation-attack', { presentationAttack: attack('attack') }],
    ['blurred', { quality: { blur: 0.4 } }],
    ['dark', { quality: { 'too-dark': 0.6 } }],
    ['bright', { quality: { 'too-light': 0.6 } }],
  ])('as %s', async (cause, traits) => {
    expect(await judged(traits)).toMatchObject({ isAccepted: false, causes: [cause] });
  });

  it('for all causes that hold, in their order', async () => {
    const { causes } = await judged({
      quality: { 'too-light': 0.6, blur: 0.4 },
      presentationAttack: attack('attack'),
      injection: injection(1, 'manipulated'),
    });
    expect(causes).toEqual(['manipulated', 'presentation-attack', 'blurred', 'bright']);
  });
});

describe('a submission is not declined', () => {
  it.each<[string, FakeEngineOptions]>([
    ['below the probability that the operator chose', { injection: injection(0.9499, 'undetermined') }],
    ['for an attack that is not made out', { presentationAttack: attack('undetermined') }],
    [
      'for what was not measured',
      { quality: { blur: undefined, 'too-dark': undefined, 'too-light': undefined } },
    ],
  ])('%s', async (_, traits) => {
    expect(await judged(traits)).toMatchObject({ isAccepted: true, causes: [] });
  });
});

it.each([
  [0.04, 'genuine', true, true],
  [0.5, 'undetermined', true, false],
  [0.96, 'undetermined', false, false],
  [0.99, 'manipulated', false, true],
] as const)(
  'at %f, which is %s, accepts: %s, and says whether evidence carries that: %s',
  async (p, outcome, isAccepted, isDetermined) => {
    expect(await judged({ injection: injection(p, outcome) })).toMatchObject({
      isAccepted,
      isDetermined,
      manipulationProbability: p,
    });
  },
);

it('says that only the threshold carries a verdict which the operator drew elsewhere than the evidence', async () => {
  const strict = { manipulationProbabilityMin: 0.02 };
  const lenient = { manipulationProbabilityMin: 1 };
  expect(judgeInjection(await seen(), strict)).toMatchObject({ isAccepted: false, isDetermined: false });
  const manipulated = await seen({ injection: injection(0.99, 'manipulated') });
  expect(judgeInjection(manipulated, lenient)).toMatchObject({ isAccepted: true, isDetermined: false });
});

it('declines a clip for what is found in more than half of its faces', async () => {
  const [[sharp], [blurred]] = [(await seen()).faces, (await seen({ quality: { blur: 0.4 } })).faces] as [
    AnalysedFace[],
    AnalysedFace[],
  ];
  const causesOf = (faces: (AnalysedFace | undefined)[]) =>
    judgeInjection({ faces: faces.filter((one) => one !== undefined), shown: [] }, POLICY).causes;
  expect(causesOf([blurred, sharp])).toEqual([]);
  expect(causesOf([blurred, blurred, sharp])).toEqual(['blurred']);
});
