import type { RgbImage } from '../image/rgb-image.ts';

/** A raster as brightness and colour apart; a value a pixel. */
export interface OpponentRaster {
  /** 0..255. */
  readonly luminance: Float32Array;
  /** Red less green, −255..255. */
  readonly redGreen: Float32Array;
  /** Blue less the mean of red and green, −255..255. */
  readonly blueYellow: Float32Array;
  /** Largest less smallest channel ÷ largest, 0..1. */
  readonly saturation: Float32Array;
}

/** @source luma weights of ITU-R BT.601. */
export function opponentOf({ pixels }: RgbImage): OpponentRaster {
  const count = pixels.length / 3;
  const luminance = new Float32Array(count);
  const redGreen = new Float32Array(count);
  const blueYellow = new Float32Array(count);
  const saturation = new Float32Array(count);
  for (let i = 0, p = 0; i < count; i++, p += 3) {
    const red = pixels[p]!;
    const green = pixels[p + 1]!;
    const blue = pixels[p + 2]!;
    luminance[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
    redGreen[i] = red - green;
    blueYellow[i] = blue - (red + green) / 2;
    const largest = Math.max(red, green, blue);
    saturation[i] = (largest - Math.min(red, green, blue)) / (1 + largest);
  }
  return { luminance, redGreen, blueYellow, saturation };
}
