import type { Portrait, PortraitSpec } from '../vocabulary/analysis.ts';
export async function cutPortraits(
  _i: unknown,
  _p: unknown,
  _s: readonly PortraitSpec[],
): Promise<Portrait[]> {
  return [];
}
