import type { PadView } from '../pad-view.ts';

/** How far the neighbours are, px. */
const RADII = [1, 2] as const;
/** A neighbour must be this much brighter to count: rounding alone does not make a pattern. */
const STEP_MIN = 0.5;
/** Runs of 0 to 8 brighter neighbours, and all other patterns. */
const PATTERNS = 10;
/** Pixels added to each count, so that a rare pattern does not decide alone. */
const COUNT_FLOOR = 20;

/**
 * Which patterns brighter and darker neighbours make: logarithms of the shares of the ten patterns that do not change when
 * the picture is turned, at one and at two pixels. Ink, paper and pixels of a display have a grain that skin, cloth and
 * sensors do not.
 *
 * @source Ojala, Pietikäinen and Mäenpää, IEEE PAMI 24, 2002: rotation invariant uniform patterns, on the square.
 */
export function texture({ texture: raster }: PadView): number[] | undefined {
  const found = raster();
  return found && RADII.flatMap((radius) => patternShares(found.luminance, found.side, radius));
}

function patternShares(plane: Float32Array, side: number, radius: number): number[] {
  const counts = new Float64Array(PATTERNS);
  const ring = ringAround(side, radius);
  for (let y = radius; y < side - radius; y++)
    for (let x = radius, i = y * side + x; x < side - radius; x++, i++) counts[patternAt(plane, i, ring)]!++;
  const total = (side - 2 * radius) ** 2;
  return Array.from(counts, (count) => Math.log((count + COUNT_FLOOR) / total));
}

/** In the order of their angle. */
const ringAround = (side: number, radius: number): Int32Array =>
  Int32Array.of(-1 - side, -side, 1 - side, 1, 1 + side, side, side - 1, -1).map((step) => step * radius);

function patternAt(plane: Float32Array, place: number, ring: Int32Array): number {
  const level = plane[place]! + STEP_MIN;
  let before = plane[place + ring[7]!]! >= level ? 1 : 0;
  let [brighter, changes] = [0, 0];
  for (let k = 0; k < 8; k++) {
    const here = plane[place + ring[k]!]! >= level ? 1 : 0;
    brighter += here;
    changes += here ^ before;
    before = here;
  }
  return changes <= 2 ? brighter : PATTERNS - 1;
}
