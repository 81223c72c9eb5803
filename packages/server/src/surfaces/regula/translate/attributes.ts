import type { AttributeValues, FaceAttribute, FaceAttributes } from '@facegate/engine/vocabulary';
import type { AgeDetail, AttributeDetail, Attributes } from '../wire/assessment.ts';
import type { AttributesRequest } from '../wire/quality-request.ts';

/** The vendor's 13 attributes in the order of its recorded answer. */
const ATTRIBUTES = {
  Age: 'age',
  EyeRight: 'right-eye',
  EyeLeft: 'left-eye',
  Emotion: 'emotion',
  Smile: 'smile',
  Glasses: 'glasses',
  HeadCovering: 'head-covering',
  ForeheadCovering: 'forehead-covering',
  Mouth: 'mouth',
  MedicalMask: 'face-mask',
  Occlusion: 'occlusion',
  StrongMakeup: 'strong-makeup',
  Headphones: 'headphones',
} as const satisfies Record<string, FaceAttribute>;

export type AttributeName = keyof typeof ATTRIBUTES;

export const ATTRIBUTE_NAMES = Object.keys(ATTRIBUTES) as readonly AttributeName[];

export const isAttributeName = (name: string): name is AttributeName => Object.hasOwn(ATTRIBUTES, name);

type Words = { readonly [Name in keyof AttributeValues]?: Readonly<Record<AttributeValues[Name], string>> };

/** Values that the vendor words otherwise. */
const VENDOR_WORDS: Words = {
  glasses: { none: 'no', clear: 'glasses', dark: 'sunglasses' },
  'head-covering': { none: 'no', religious: 'religious', hat: 'hat' },
  occlusion: { yes: 'occluded', no: 'no' },
};

/** Years; the width of every recorded interval. */
const AGE_INTERVAL = 6;

/** @returns in the order of the request; empty when nothing is asked that there is. */
export const planAttributes = (request: AttributesRequest | null | undefined): AttributeName[] =>
  (request?.config ?? []).map(({ name }) => name ?? '').filter(isAttributeName);

export const attributesNamed = (names: readonly AttributeName[]): FaceAttribute[] =>
  names.map((name) => ATTRIBUTES[name]);

/** What could not be told is left out. @param seconds  that it took to tell. */
export const attributesToWire = (
  names: readonly AttributeName[],
  known: FaceAttributes,
  seconds: number,
): Attributes => ({ details: names.flatMap((name) => detailsOf(name, known)), elapsedTime: seconds });

function detailsOf(name: AttributeName, known: FaceAttributes): (AgeDetail | AttributeDetail)[] {
  if (name === 'Age') return known.age === undefined ? [] : [{ name, value: ageInterval(known.age) }];
  const attribute = ATTRIBUTES[name];
  const choice = known[attribute];
  if (choice === undefined) return [];
  const words: Readonly<Record<string, string>> = VENDOR_WORDS[attribute] ?? {};
  return [{ name, value: words[choice.value] ?? choice.value, confidence: choice.confidence }];
}

/** Whole years around the age, none below 0. */
function ageInterval(age: number): readonly [from: number, to: number] {
  const from = Math.max(0, Math.round(age) - AGE_INTERVAL / 2);
  return [from, from + AGE_INTERVAL];
}
