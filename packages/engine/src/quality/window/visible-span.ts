import type { Affine } from '../../geometry/affine.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The part of a row that a map takes inside a picture.
 *
 * @param map    row's raster → picture.
 * @param y      height of the row in its raster.
 * @param width  of the row, px.
 * @returns      from..to in the row's own continuous coordinates; empty when `to ≤ from`.
 */
export function visibleSpan(
  map: Affine,
  y: number,
  width: number,
  picture: Size,
): { from: number; to: number } {
  const span = { from: 0, to: width };
  narrow(span, map.a, map.b * y + map.c, picture.width);
  narrow(span, map.d, map.e * y + map.f, picture.height);
  return span;
}

/** Keeps of `span` where `0 ≤ slope·x + start ≤ side`. */
function narrow(span: { from: number; to: number }, slope: number, start: number, side: number): void {
  if (slope === 0) {
    if (start < 0 || start > side) span.to = span.from;
    return;
  }
  const atZero = -start / slope;
  const atSide = (side - start) / slope;
  span.from = Math.max(span.from, Math.min(atZero, atSide));
  span.to = Math.min(span.to, Math.max(atZero, atSide));
}
