import { type Affine, compose, scaleOf } from '../geometry/affine.ts';
import { mappedBox } from '../geometry/boxes.ts';
import type { Rgb } from '../vocabulary/shapes.ts';
import { type ChannelScaling, planeFactors } from './planes.ts';
import { reduceRegion } from './reduce.ts';
import { pixelsWithin, type Region } from './region.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';
import { addSampledRow, type RowSampling } from './sample-row.ts';
import { shrinkRegion } from './shrink.ts';
import { writeSampledRow } from './write-row.ts';

/** The square chip a network reads, and how its values are scaled. */
export interface ChipSpec extends ChannelScaling {
  /** px */
  readonly side: number;
  /** Left and right exchanged. */
  readonly mirror?: boolean;
}

const BLACK: Rgb = [0, 0, 0];

/**
 * Image pixels per destination pixel up to which single bilinear samples do. In a picture the eye sees aliasing above
 * 1.4; networks do not feel it, and four samples a pixel cost them a tenth of the whole match path.
 */
const SINGLE_SAMPLE_SCALE_MAX = { picture: 1.4, chip: 1.75 } as const;

/** From here on whole pixels are averaged first; what then remains lies between 0.83 and 1.25. */
const REDUCTION_SCALE_MIN = 1.75;

/**
 * Blocks that are averaged the fast way. A half is the same either way; the coarser ones pass over pixels, which networks
 * do not feel.
 */
const FAST_BLOCKS = { picture: [2], chip: [8, 4, 2] } as const;

/**
 * Warps a picture: each destination pixel's centre goes through `map` to the place that is read.
 *
 * Bilinear. Where the picture shrinks, what would alias is averaged: above 1.4 four samples per pixel, from 1.75 on
 * whole blocks of pixels beforehand.
 *
 * @param map   destination → image, continuous coordinates.
 * @param size  destination, px.
 * @param fill  stands for what lies outside the image.
 */
export function warpRgb(
  image: RgbImage,
  map: Affine,
  size: { readonly width: number; readonly height: number; readonly fill: Rgb },
): RgbImage {
  const { width, height, fill } = size;
  const plan = planWarp({ image, map, fill, weight: 1 }, { ...size, use: 'picture' });
  const pixels = new Uint8Array(3 * width * height);
  const write = plan.samples === 1 ? writeSampledRow : rowAverager(width);
  for (let y = 0; y < height; y++) write(plan.sampling, { pixels, start: 3 * width * y, width }, y + 0.5);
  return rgbImage(width, height, pixels);
}

/** Writes rows of four samples a pixel; all of them by way of the same row of floats. */
function rowAverager(width: number): typeof writeSampledRow {
  const row = new Float32Array(3 * width);
  return (sampling, { pixels, start }, y) => {
    sampleRow({ sampling, samples: 4 }, row, y - 0.5);
    const count = row.length | 0;
    // `| 0` keeps counters and values machine integers, which makes this loop several times faster.
    let o = start | 0;
    for (let i = 0; i < count; i = (i + 1) | 0, o = (o + 1) | 0) pixels[o] = (row[i]! + 0.5) | 0;
  };
}

/**
 * Warps a picture straight into a network's input: as {@link warpRgb} on black, but unrounded, scaled, in planes,
 * and with single samples up to a scale of 1.75.
 *
 * @param map  chip → image, continuous coordinates.
 * @returns    NCHW with N = 1: three planes of side², in the order of `spec.colour`, `(value / scale − mean) / std`.
 * @cost       one allocation of 12·side² bytes; about 20 ns per pixel of the chip where it does not shrink (1 ms for
 *             224²), plus 5 ns per image pixel averaged where it does.
 */
export function warpToPlanes(image: RgbImage, map: Affine, spec: ChipSpec): Float32Array {
  const { side } = spec;
  const planes = new Float32Array(3 * side * side);
  const row = new Float32Array(3 * side);
  const plan = planWarp({ image, map, fill: BLACK, weight: 1 }, { width: side, height: side, use: 'chip' });
  const factors = planeFactors(spec);
  const step = (spec.mirror ? -1 : 1) | 0;
  const first = (spec.mirror ? side - 1 : 0) | 0;
  const count = row.length | 0;
  for (let y = 0; y < side; y++) {
    sampleRow(plan, row, y);
    for (let k = 0; k < 3; k++) {
      const { channel, plane, gain, bias } = factors[k]!;
      let o = ((plane * side + y) * side + first) | 0;
      for (let i = channel | 0; i < count; i = (i + 3) | 0, o = (o + step) | 0)
        planes[o] = row[i]! * gain + bias;
    }
  }
  return planes;
}

interface WarpPlan {
  readonly sampling: RowSampling;
  /** Samples per pixel: one in the middle, or one in the middle of each quarter. */
  readonly samples: 1 | 4;
}

function planWarp(
  sampling: RowSampling,
  size: { readonly width: number; readonly height: number; readonly use: 'picture' | 'chip' },
): WarpPlan {
  const scale = scaleOf(sampling.map);
  const region = scale >= REDUCTION_SCALE_MIN ? footprint(sampling, size) : undefined;
  const reduced = region ? reducedSampling(sampling, region, { scale, use: size.use }) : sampling;
  const samples = scaleOf(reduced.map) > SINGLE_SAMPLE_SCALE_MAX[size.use] ? 4 : 1;
  return { sampling: { ...reduced, weight: 1 / samples }, samples };
}

function reducedSampling(
  sampling: RowSampling,
  region: Region,
  { scale, use }: { readonly scale: number; readonly use: keyof typeof SINGLE_SAMPLE_SCALE_MAX },
): RowSampling {
  // No block is larger than the region, however far away the map goes.
  const factor = Math.min(Math.round(scale), Math.max(region.width, region.height));
  const block = FAST_BLOCKS[use].find((side) => side <= factor && fits(region, side));
  const { image, fromImage } =
    block !== undefined && (use === 'chip' || block === factor)
      ? shrinkRegion(sampling.image, region, block)
      : reduceRegion(sampling.image, region, factor);
  return { ...sampling, image, map: compose(fromImage, sampling.map) };
}

const fits = ({ width, height }: Region, block: number): boolean => Math.min(width, height) >= block;

/** The part of the image that the destination may read, with a margin; undefined when it reads nothing of it. */
function footprint(
  { image, map }: RowSampling,
  { width, height }: { readonly width: number; readonly height: number },
): Region | undefined {
  const margin = 2 * scaleOf(map);
  const { x, y, ...box } = mappedBox(map, { width, height });
  return pixelsWithin(image, {
    x: x - margin,
    y: y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  });
}

function sampleRow({ sampling, samples }: WarpPlan, row: Float32Array, y: number): void {
  row.fill(0);
  if (samples === 1) {
    addSampledRow(sampling, row, 0.5, y + 0.5);
    return;
  }
  addSampledRow(sampling, row, 0.25, y + 0.25);
  addSampledRow(sampling, row, 0.75, y + 0.25);
  addSampledRow(sampling, row, 0.25, y + 0.75);
  addSampledRow(sampling, row, 0.75, y + 0.75);
}
