/** A square raster as brightness and colour apart; a value a pixel. */
export interface OpponentRaster {
  /** px */
  readonly side: number;
  /** 0..255. */
  readonly luminance: Float32Array;
  /** Red less green, −255..255. */
  readonly redGreen: Float32Array;
  /** Blue less the mean of red and green, −255..255. */
  readonly blueYellow: Float32Array;
  /** Largest less smallest channel ÷ largest, 0..1. */
  readonly saturation: Float32Array;
}

/**
 * @param planes red, green and blue of side² values each, 0..255.
 *
 * @source luma weights of ITU-R BT.601.
 */
export function opponentOf(planes: Float32Array, side: number): OpponentRaster {
  const count = (side * side) | 0;
  const luminance = new Float32Array(count);
  const redGreen = new Float32Array(count);
  const blueYellow = new Float32Array(count);
  const saturation = new Float32Array(count);
  // `| 0` keeps the counters machine integers.
  for (let i = 0; i < count; i = (i + 1) | 0) {
    const red = planes[i]!;
    const green = planes[(i + count) | 0]!;
    const blue = planes[(i + 2 * count) | 0]!;
    luminance[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
    redGreen[i] = red - green;
    blueYellow[i] = blue - (red + green) / 2;
    const largest = Math.max(red, green, blue);
    saturation[i] = (largest - Math.min(red, green, blue)) / (1 + largest);
  }
  return { side, luminance, redGreen, blueYellow, saturation };
}
