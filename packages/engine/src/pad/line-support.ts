/** Slopes against the raster's own directions: up to 9°. */
const SLOPE_MAX = 0.16;
const SLOPE_STEP = 0.02;
/** The line runs through the raster but for its corners, and most of it must lie inside. */
export const LINE_MARGIN = 6;
const LENGTH_MIN = 80;
/** So near the raster's edge there are no steps, px. */
const BORDER = 2;

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
  const [first, end] = within(start, slope, side);
  if (end - first < LENGTH_MIN) return 0;
  let sum = 0;
  for (let t = first; t < end; t++) sum += steps[t * along + ((start + slope * t) | 0) * aside]!;
  return Math.abs(sum) / (end - first);
}

/** From where to where along a line, its margins left out, there are steps beside it. */
function within(start: number, slope: number, side: number): readonly [number, number] {
  if (Math.abs(slope) < SLOPE_STEP / 2) return [LINE_MARGIN, side - LINE_MARGIN];
  const [left, right] = [(BORDER - start) / slope, (side - BORDER - start) / slope];
  return [
    Math.max(LINE_MARGIN, Math.ceil(Math.min(left, right))),
    Math.min(side - LINE_MARGIN, Math.floor(Math.max(left, right))),
  ];
}

/** Distance from the left or the top at `t` along the line, px. */
export const placeOnLine = (
  { middle, slope }: Pick<StraightLine, 'middle' | 'slope'>,
  t: number,
  side: number,
): number => (middle + slope * (t - side / 2) + 0.5) | 0;
