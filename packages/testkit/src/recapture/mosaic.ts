import { emptyLight, type Light } from './light.ts';

/** Channel that each pixel of a 2 × 2 block sees: Bayer's pattern. */
const BLOCK = [0, 1, 1, 2] as const;
/** How much a neighbour counts. */
const NEAR = 2;
const DIAGONAL = 1;

/**
 * What a sensor sees, one colour a pixel, with the other two from its neighbours. Red and blue are sampled half as densely
 * a side as the pixels lie, so a fine grid shows in false colours long before it shows in brightness.
 *
 * @source Bayer, US patent 3 971 065, 1976; bilinear interpolation.
 */
export function seeThroughMosaic(light: Light): Light {
  const seen = emptyLight(light.width, light.height);
  for (let y = 0, o = 0; y < light.height; y++)
    for (let x = 0; x < light.width; x++)
      for (let channel = 0; channel < 3; channel++, o++) seen.values[o] = interpolated(light, x, y, channel);
  return seen;
}

function interpolated({ width, height, values }: Light, x: number, y: number, channel: number): number {
  if (channelAt(x, y) === channel) return values[3 * (y * width + x) + channel] ?? 0;
  let [sum, weights] = [0, 0];
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
      if (channelAt(u, v) !== channel) continue;
      const weight = u === x || v === y ? NEAR : DIAGONAL;
      sum += weight * (values[3 * (v * width + u) + channel] ?? 0);
      weights += weight;
    }
  }
  return sum / weights;
}

const channelAt = (x: number, y: number) => BLOCK[2 * (y & 1) + (x & 1)];
