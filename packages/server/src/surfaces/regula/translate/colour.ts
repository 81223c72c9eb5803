import type { Rgb } from '@facegate/engine/vocabulary';

export function colourOf(colour: readonly number[] | null | undefined): Rgb | undefined {
  const [red, green, blue] = colour ?? [];
  return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue];
}
