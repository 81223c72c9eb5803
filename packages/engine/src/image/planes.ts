import type { RgbImage } from './rgb-image.ts';

type Triple = readonly [number, number, number];

/** From 8-bit values to a network's: `(value / scale − mean) / std` per channel, in the order of `colour`. */
export interface ChannelScaling {
  readonly colour: 'RGB' | 'BGR';
  readonly scale: number;
  readonly mean: Triple;
  readonly std: Triple;
}

/** Where a channel of the picture goes, and the line its values follow: `value · gain + bias`. */
interface PlaneFactors {
  readonly channel: number;
  readonly plane: number;
  readonly gain: number;
  readonly bias: number;
}

/** The same as {@link ChannelScaling}, as one multiplication and one addition per plane. */
export const planeFactors = ({ colour, scale, mean, std }: ChannelScaling): PlaneFactors[] =>
  [0, 1, 2].map((plane) => ({
    channel: colour === 'RGB' ? plane : 2 - plane,
    plane,
    gain: 1 / (scale * std[plane]!),
    bias: -mean[plane]! / std[plane]!,
  }));

/**
 * Lays a whole picture out as a network reads it.
 *
 * @returns NCHW with N = 1: three planes of width·height, in the order of `scaling.colour`.
 */
export function toPlanes({ width, height, pixels }: RgbImage, scaling: ChannelScaling): Float32Array {
  const size = (width * height) | 0;
  const planes = new Float32Array(3 * size);
  for (const { channel, plane, gain, bias } of planeFactors(scaling)) {
    const values = planes.subarray(plane * size, (plane + 1) * size);
    for (let o = 0, p = channel | 0; o < size; o = (o + 1) | 0, p = (p + 3) | 0) {
      values[o] = pixels[p]! * gain + bias;
    }
  }
  return planes;
}
