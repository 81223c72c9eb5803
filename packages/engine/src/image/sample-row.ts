import type { Affine } from '../geometry/affine.ts';
import type { Rgb } from '../vocabulary/shapes.ts';
import type { RgbImage } from './rgb-image.ts';

/** What is read, how, and with which share of the sum. */
export interface RowSampling {
  readonly image: RgbImage;
  /** Destination → image, continuous coordinates. */
  readonly map: Affine;
  /** Stands for pixels outside the image. */
  readonly fill: Rgb;
  /** Factor of every sample. */
  readonly weight: number;
}

/**
 * Adds one row of bilinear samples to `row`. The hottest loop of the engine: no closure, no allocation, and bounds are
 * worked out once for the row instead of at every pixel.
 *
 * @param row  red, green, blue interleaved, 0..255 times weight; its length decides how many samples are taken, at
 *             destination x0, x0 + 1, …
 * @param x0   destination x of the first sample, continuous.
 * @param y    destination y of all samples, continuous.
 */
export function addSampledRow(sampling: RowSampling, row: Float32Array, x0: number, y: number): void {
  const { map } = sampling;
  // Half a pixel less: from continuous coordinates to indices of pixel centres.
  const u = map.a * x0 + map.b * y + map.c - 0.5;
  const v = map.d * x0 + map.e * y + map.f - 0.5;
  const count = (row.length / 3) | 0;
  const { from, to } = interior(sampling, { u, v, from: 0, to: count });
  if (from > 0) addGuarded(sampling, row, { u, v, from: 0, to: from });
  if (to > from) addInterior(sampling, row, { u, v, from, to });
  if (count > to) addGuarded(sampling, row, { u, v, from: to, to: count });
}

/** Samples `from` to before `to`; `u`, `v` are pixel-centre indices of sample 0. */
export interface Span {
  readonly u: number;
  readonly v: number;
  readonly from: number;
  readonly to: number;
}

/** The part of the span whose samples have all four neighbours. */
export function interior(
  { image, map }: RowSampling,
  { u, v, to: count }: Span,
): { from: number; to: number } {
  const first = Math.max(firstInside(u, map.a, image.width), firstInside(v, map.d, image.height));
  const end = Math.min(
    endInside(u, map.a, { length: image.width, count }),
    endInside(v, map.d, { length: image.height, count }),
  );
  let from = Math.min(Math.max(first, 0), count) | 0;
  let to = Math.max(Math.min(end, count), from) | 0;
  // The interval comes from a division; its ends are checked by the very expression of the loop, which is monotone.
  while (from < to && !isInside(image, u + from * map.a, v + from * map.d)) from++;
  while (to > from && !isInside(image, u + (to - 1) * map.a, v + (to - 1) * map.d)) to--;
  return { from, to };
}

/** All four neighbours exist. */
const isInside = (image: RgbImage, u: number, v: number): boolean =>
  u >= 0 && u < image.width - 1 && v >= 0 && v < image.height - 1;

/** Smallest i with 0 ≤ at + i·step < length − 1, from below; Infinity when there is none. */
function firstInside(at: number, step: number, length: number): number {
  if (step === 0) return at >= 0 && at < length - 1 ? 0 : Number.POSITIVE_INFINITY;
  return Math.floor(step > 0 ? -at / step : (length - 1 - at) / step);
}

/** One more than the largest such i. */
function endInside(at: number, step: number, range: { length: number; count: number }): number {
  if (step === 0) return range.count;
  return Math.ceil(step > 0 ? (range.length - 1 - at) / step : -at / step) + 1;
}

function addInterior({ image, map, weight }: RowSampling, row: Float32Array, span: Span): void {
  const { pixels, width } = image;
  const { a, d } = map;
  const { u: u0, v: v0, to } = span;
  const stride = (3 * width) | 0;
  // `| 0` here and at `p` keeps counters and indices machine integers; as floats they cost three times the whole loop.
  for (let i = span.from | 0, o = (3 * i) | 0; i < (to | 0); i++, o += 3) {
    const u = u0 + i * a;
    const v = v0 + i * d;
    const left = u | 0;
    const top = v | 0;
    const fx = u - left;
    const fy = v - top;
    const p = (top * stride + 3 * left) | 0;
    const q = (p + stride) | 0;
    const lower = weight * fy;
    const upper = weight - lower;
    const topLeft = upper - upper * fx;
    const topRight = upper * fx;
    const bottomLeft = lower - lower * fx;
    const bottomRight = lower * fx;
    row[o]! +=
      pixels[p]! * topLeft +
      pixels[p + 3]! * topRight +
      pixels[q]! * bottomLeft +
      pixels[q + 3]! * bottomRight;
    row[o + 1]! +=
      pixels[p + 1]! * topLeft +
      pixels[p + 4]! * topRight +
      pixels[q + 1]! * bottomLeft +
      pixels[q + 4]! * bottomRight;
    row[o + 2]! +=
      pixels[p + 2]! * topLeft +
      pixels[p + 5]! * topRight +
      pixels[q + 2]! * bottomLeft +
      pixels[q + 5]! * bottomRight;
  }
}

/** The same where some or all of the four neighbours lie outside, or the map is not finite. */
export function addGuarded(sampling: RowSampling, row: Float32Array, span: Span): void {
  const { image, map, fill, weight } = sampling;
  for (let i = span.from, o = 3 * i; i < span.to; i++, o += 3) {
    const u = span.u + i * map.a;
    const v = span.v + i * map.d;
    const isNear = u > -1 && u < image.width && v > -1 && v < image.height;
    if (isNear) {
      addFourTaps(sampling, { row, o }, { u, v });
    } else {
      row[o]! += weight * fill[0];
      row[o + 1]! += weight * fill[1];
      row[o + 2]! += weight * fill[2];
    }
  }
}

interface RowPlace {
  readonly row: Float32Array;
  readonly o: number;
}

function addFourTaps(sampling: RowSampling, place: RowPlace, { u, v }: { u: number; v: number }): void {
  const { weight } = sampling;
  const left = Math.floor(u);
  const top = Math.floor(v);
  const fx = u - left;
  const fy = v - top;
  addTap(sampling, place, { x: left, y: top, share: weight * (1 - fx) * (1 - fy) });
  addTap(sampling, place, { x: left + 1, y: top, share: weight * fx * (1 - fy) });
  addTap(sampling, place, { x: left, y: top + 1, share: weight * (1 - fx) * fy });
  addTap(sampling, place, { x: left + 1, y: top + 1, share: weight * fx * fy });
}

function addTap(
  { image, fill }: RowSampling,
  { row, o }: RowPlace,
  { x, y, share }: { x: number; y: number; share: number },
): void {
  const isWithin = x >= 0 && x < image.width && y >= 0 && y < image.height;
  const p = isWithin ? 3 * (y * image.width + x) : 0;
  row[o]! += share * (isWithin ? image.pixels[p]! : fill[0]);
  row[o + 1]! += share * (isWithin ? image.pixels[p + 1]! : fill[1]);
  row[o + 2]! += share * (isWithin ? image.pixels[p + 2]! : fill[2]);
}
