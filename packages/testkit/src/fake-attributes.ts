import type { FaceAttribute, FaceAttributes } from '@facegate/engine/vocabulary';

/** Undefined: the engine could not tell. */
export type AttributeTraits = {
  readonly [Name in FaceAttribute]?: FaceAttributes[Name] | undefined;
};

/** What a drawn face is unless a test says otherwise. */
const PLAIN: AttributeTraits = {
  age: 31.4,
  'right-eye': { value: 'open', confidence: 0.97 },
  'left-eye': { value: 'open', confidence: 0.96 },
  emotion: { value: 'neutral', confidence: 0.9 },
  smile: { value: 'no', confidence: 0.88 },
  glasses: { value: 'none', confidence: 0.99 },
  'head-covering': { value: 'none', confidence: 0.95 },
  'forehead-covering': { value: 'no', confidence: 0.94 },
  mouth: { value: 'closed', confidence: 0.93 },
  'face-mask': { value: 'no', confidence: 0.98 },
  occlusion: { value: 'no', confidence: 0.92 },
  'strong-makeup': { value: 'no', confidence: 0.91 },
  headphones: { value: 'no', confidence: 0.89 },
};

/** Exactly the attributes asked for, those that `traits` leaves undefined excepted. */
export function attributesOf(wanted: readonly FaceAttribute[], traits: AttributeTraits): FaceAttributes {
  const known: AttributeTraits = { ...PLAIN, ...traits };
  return Object.fromEntries(
    wanted.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])),
  );
}
