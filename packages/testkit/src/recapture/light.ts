/** A picture in linear light: red, green, blue interleaved, 0 black to 1 white. */
export interface Light {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The triple of channels at one place. */
export type LightColour = [number, number, number];

/** Near enough to sRGB's curve for pictures that only have to look like photographs. */
const GAMMA = 2.2;

const LINEAR = Float32Array.from({ length: 256 }, (_, value) => (value / 255) ** GAMMA);

export const emptyLight = (width: number, height: number): Light => ({
  width,
  height,
  values: new Float32Array(3 * width * height),
});

export function lightOf(pixels: Uint8Array, width: number, height: number): Light {
  const light = emptyLight(width, height);
  for (let i = 0; i < pixels.length; i++) light.values[i] = LINEAR[pixels[i] ?? 0] ?? 0;
  return light;
}

/** 8 bit, as a camera writes it. */
export function pixelsOf({ values }: Light): Uint8Array {
  const pixels = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++)
    pixels[i] = Math.round(255 * Math.min(1, Math.max(0, values[i] ?? 0)) ** (1 / GAMMA));
  return pixels;
}

/** Reads between pixels into `colour`; beyond the edge the nearest pixel counts. Coordinates as of pixel corners. */
export function readLight({ width, height, values }: Light, x: number, y: number, colour: LightColour): void {
  const u = Math.min(width - 1, Math.max(0, x - 0.5));
  const v = Math.min(height - 1, Math.max(0, y - 0.5));
  const left = Math.min(width - 2, Math.floor(u));
  const top = Math.min(height - 2, Math.floor(v));
  const [fx, fy] = [u - left, v - top];
  const upper = 3 * (top * width + left);
  const lower = upper + 3 * width;
  for (let channel = 0; channel < 3; channel++) {
    const [i, j] = [upper + channel, lower + channel];
    const above = (values[i] ?? 0) * (1 - fx) + (values[i + 3] ?? 0) * fx;
    const below = (values[j] ?? 0) * (1 - fx) + (values[j + 3] ?? 0) * fx;
    colour[channel] = above * (1 - fy) + below * fy;
  }
}

/** Half the size; each pixel the mean of four. */
export function halveLight({ width, height, values }: Light): Light {
  const half = emptyLight(width >> 1, height >> 1);
  for (let y = 0, o = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++) {
      for (let channel = 0; channel < 3; channel++, o++) {
        const i = 3 * (2 * y * width + 2 * x) + channel;
        const j = i + 3 * width;
        half.values[o] =
          ((values[i] ?? 0) + (values[i + 3] ?? 0) + (values[j] ?? 0) + (values[j + 3] ?? 0)) / 4;
      }
    }
  }
  return half;
}

/** Gaussian blur of a deviation in pixels, edges repeated. */
export function blurLight(light: Light, deviation: number): Light {
  if (deviation < 0.1) return light;
  const reach = Math.ceil(3 * deviation);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const weights = kernel.map((weight) => weight / sum);
  return blurAlong(blurAlong(light, weights, 'x'), weights, 'y');
}

function blurAlong({ width, height, values }: Light, weights: readonly number[], axis: 'x' | 'y'): Light {
  const out = emptyLight(width, height);
  const reach = (weights.length - 1) / 2;
  const [length, step, stride, lines] =
    axis === 'x' ? [width, 3, 3 * width, height] : [height, 3 * width, 3, width];
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < length; place++) {
      for (let k = -reach; k <= reach; k++) {
        const from = line * stride + Math.min(length - 1, Math.max(0, place + k)) * step;
        const to = line * stride + place * step;
        const weight = weights[k + reach] ?? 0;
        for (let channel = 0; channel < 3; channel++)
          out.values[to + channel] = (out.values[to + channel] ?? 0) + weight * (values[from + channel] ?? 0);
      }
    }
  }
  return out;
}
