import type { FaceAttribute, FaceAttributes } from '@facegate/engine/vocabulary';

/** What coverings are told from. */
export const COVERING_ATTRIBUTES = [
  'glasses',
  'face-mask',
  'head-covering',
] as const satisfies readonly FaceAttribute[];

/** What somebody wears that may hide the face. What the model pack cannot tell is undefined. */
export interface Coverings {
  readonly darkGlasses: boolean | undefined;
  readonly mask: boolean | undefined;
  readonly veil: boolean | undefined;
  readonly hat: boolean | undefined;
}

export const coveringsOf = (attributes: FaceAttributes): Coverings => ({
  darkGlasses: isValue(attributes.glasses, 'dark'),
  mask: isValue(attributes['face-mask'], 'yes'),
  veil: isValue(attributes['head-covering'], 'religious'),
  hat: isValue(attributes['head-covering'], 'hat'),
});

const isValue = <Value extends string>(told: { readonly value: Value } | undefined, value: Value) =>
  told && told.value === value;
