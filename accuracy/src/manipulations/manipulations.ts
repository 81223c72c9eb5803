import type { Manipulation } from './manipulation.ts';
import { regenerate } from './regenerate.ts';
import { selfBlend } from './self-blend.ts';
import { splice } from './splice.ts';
import { swap } from './swap.ts';

export const MANIPULATIONS = { 'self-blend': selfBlend, swap, regenerate, splice } as const satisfies Record<
  string,
  Manipulation
>;

export type ManipulationName = keyof typeof MANIPULATIONS;

export const MANIPULATION_NAMES = Object.keys(MANIPULATIONS) as ManipulationName[];
