/** Slopes against the raster's own directions: up to 9°. */
const SLOPE_MAX = 0.16;
const SLOPE_STEP = 0.02;
/** The line runs through the raster but for its corners, and most of it must lie inside. */
export const LINE_MARGIN = 6;
const LENGTH_MIN = 80;

/** Where the middle of a line may lie, px from the left or from the top. */
export interface LineBand {
  readonly isUpright: boolean;
  readonly from: number;
  readonly to: number;
}

export interface StraightLine {
  /** Share of the line on which the raster steps the same way, 0..1. */
  readonly support: number;
  /** px */
  readonly middle: number;
  readonly slope: number;
}

/** The line of a band along which most steps go the same way: only an edge with one bright side adds up. */
export function straightestLine(steps: Int8Array, side: number, band: LineBand): StraightLine {
  let best: StraightLine = { support: 0, middle: band.from, slope: 0 };
  for (let slope = -SLOPE_MAX; slope <= SLOPE_MAX + SLOPE_STEP / 2; slope += SLOPE_STEP) {
    for (let middle = band.from; middle < band.to; middle++) {
      const support = supportOf(steps, side, { isUpright: band.isUpright, middle, slope });
      if (support > best.support) best = { support, middle, slope };
    }
  }
  return best;
}

type LinePlace = Pick<LineBand, 'isUpright'> & Pick<StraightLine, 'middle' | 'slope'>;

function supportOf(steps: Int8Array, side: number, { isUpright, middle, slope }: LinePlace): number {
  const [along, aside] = isUpright ? [side, 1] : [1, side];
  const start = middle - (slope * side) / 2 + 0.5;
  let [sum, length] = [0, 0];
  for (let t = LINE_MARGIN; t < side - LINE_MARGIN; t++) {
    const place = (start + slope * t) | 0;
    if (place < 2 || place >= side - 2) continue;
    sum += steps[t * along + place * aside]!;
    length++;
  }
  return length < LENGTH_MIN ? 0 : Math.abs(sum) / length;
}

/** Distance from the left or the top at `t` along the line, px. */
export const placeOnLine = (
  { middle, slope }: Pick<StraightLine, 'middle' | 'slope'>,
  t: number,
  side: number,
): number => (middle + slope * (t - side / 2) + 0.5) | 0;
