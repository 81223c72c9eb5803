import type { Rgb } from '../vocabulary/shapes.ts';

/** L* 0..100, a* green to red, b* blue to yellow. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** D65, 2° observer. */
const WHITE = [0.95047, 1, 1.08883] as const;

/** Linear light of each 8-bit sRGB value. */
const LINEAR = Float32Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/**
 * sRGB to CIELAB.
 *
 * @source IEC 61966-2-1 and CIE 15:2004.
 */
export function labOf([red, green, blue]: Rgb): Lab {
  const r = LINEAR[Math.round(red)]!;
  const g = LINEAR[Math.round(green)]!;
  const b = LINEAR[Math.round(blue)]!;
  const x = response((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
  const y = response((0.2126729 * r + 0.7151522 * g + 0.072175 * b) / WHITE[1]);
  const z = response((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Cube root with the straight start that the standard gives it. */
const response = (share: number): number =>
  share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
