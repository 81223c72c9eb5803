/** What can be told about a face beyond who it is. Left and right are the subject's. */
export const FACE_ATTRIBUTES = [
  'age',
  'right-eye',
  'left-eye',
  'emotion',
  'smile',
  'glasses',
  'head-covering',
  'forehead-covering',
  'mouth',
  'face-mask',
  'occlusion',
  'strong-makeup',
  'headphones',
] as const;

export type FaceAttribute = (typeof FACE_ATTRIBUTES)[number];

/** The values of each attribute that is a choice. */
export interface AttributeValues {
  readonly 'right-eye': 'open' | 'closed' | 'occluded';
  readonly 'left-eye': 'open' | 'closed' | 'occluded';
  readonly emotion: 'neutral' | 'emotional';
  readonly smile: 'yes' | 'no';
  readonly glasses: 'none' | 'clear' | 'dark';
  readonly 'head-covering': 'none' | 'religious' | 'hat';
  readonly 'forehead-covering': 'yes' | 'no';
  readonly mouth: 'open' | 'closed';
  readonly 'face-mask': 'yes' | 'no';
  readonly occlusion: 'yes' | 'no';
  readonly 'strong-makeup': 'yes' | 'no';
  readonly headphones: 'yes' | 'no';
}

export interface AttributeChoice<Value extends string> {
  readonly value: Value;
  /** Probability of the value, 0.5..1 where there are two. */
  readonly confidence: number;
}

/** What could not be told is absent. */
export type FaceAttributes = {
  readonly [Name in keyof AttributeValues]?: AttributeChoice<AttributeValues[Name]>;
} & {
  /** Years. */
  readonly age?: number;
};
