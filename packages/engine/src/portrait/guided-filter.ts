import { boxMean, type PlaneSize } from './box-mean.ts';

/** Red, green, blue, 0..1. */
export type ColourPlanes = readonly [Float32Array, Float32Array, Float32Array];

/** `opacity = red·r + green·g + blue·b + offset`, a plane each: along with the picture they give its opacity. */
export interface OpacityModel {
  readonly gains: ColourPlanes;
  readonly offset: Float32Array;
}

/**
 * Around each pixel, the linear function of colour that explains a coarse opacity best. Applied to the picture it gives an
 * opacity whose edges are the picture's.
 *
 * @param guide      the picture.
 * @param opacity    0..1.
 * @param radius     of the windows, px: about how far the coarse edges may be off.
 * @param smoothing  variance of colour (0..1 squared) below which a window counts as of one colour and is averaged.
 * @source He, Sun, Tang: Guided image filtering, PAMI 35(6), 2013, section 3.5 (colour guide).
 * @cost   26 box means.
 */
export function fitOpacity(
  guide: ColourPlanes,
  opacity: Float32Array,
  {
    size,
    radius,
    smoothing,
  }: { readonly size: PlaneSize; readonly radius: number; readonly smoothing: number },
): OpacityModel {
  const mean = (plane: Float32Array): Float32Array => boxMean(plane, size, radius);
  const meanOfProduct = (a: Float32Array, b: Float32Array): Float32Array => mean(product(a, b));
  const means = [mean(guide[0]), mean(guide[1]), mean(guide[2])] as const;
  const meanOpacity = mean(opacity);
  const products = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 2],
  ].map(([i, j]) => meanOfProduct(guide[i!]!, guide[j!]!));
  const joint = guide.map((plane) => meanOfProduct(plane, opacity));
  const gains = [0, 1, 2].map(() => new Float32Array(opacity.length));
  const offset = new Float32Array(opacity.length);
  for (let i = 0; i < opacity.length; i++) {
    const r = means[0][i]!;
    const g = means[1][i]!;
    const b = means[2][i]!;
    const p = meanOpacity[i]!;
    const [x, y, z] = solveSymmetric(
      [
        products[0]![i]! - r * r + smoothing,
        products[1]![i]! - r * g,
        products[2]![i]! - r * b,
        products[3]![i]! - g * g + smoothing,
        products[4]![i]! - g * b,
        products[5]![i]! - b * b + smoothing,
      ],
      [joint[0]![i]! - r * p, joint[1]![i]! - g * p, joint[2]![i]! - b * p],
    );
    gains[0]![i] = x;
    gains[1]![i] = y;
    gains[2]![i] = z;
    offset[i] = p - x * r - y * g - z * b;
  }
  return { gains: [mean(gains[0]!), mean(gains[1]!), mean(gains[2]!)], offset: mean(offset) };
}

type Triple = readonly [number, number, number];

/** Solves M·x = v for the symmetric, positive definite M of these entries: xx, xy, xz, yy, yz, zz. */
function solveSymmetric(
  [xx, xy, xz, yy, yz, zz]: readonly [number, number, number, number, number, number],
  [u, v, w]: Triple,
): Triple {
  const a = yy * zz - yz * yz;
  const b = xz * yz - xy * zz;
  const c = xy * yz - xz * yy;
  const determinant = xx * a + xy * b + xz * c;
  return [
    (a * u + b * v + c * w) / determinant,
    (b * u + (xx * zz - xz * xz) * v + (xy * xz - xx * yz) * w) / determinant,
    (c * u + (xy * xz - xx * yz) * v + (xx * yy - xy * xy) * w) / determinant,
  ];
}

/** Element by element. */
export function product(a: Float32Array, b: Float32Array): Float32Array {
  const values = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) values[i] = a[i]! * b[i]!;
  return values;
}
