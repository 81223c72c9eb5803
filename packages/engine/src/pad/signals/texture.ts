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
  countCodes(plane, side, radius).forEach((count, code) => {
    counts[PATTERN_OF[code]!]! += count;
  });
  const total = (side - 2 * radius) ** 2;
  return Array.from(counts, (count) => Math.log((count + COUNT_FLOOR) / total));
}

/** How often each set of brighter neighbours occurs, a bit for each in the order of their angle. */
function countCodes(plane: Float32Array, side: number, radius: number): Uint32Array {
  const counts = new Uint32Array(256);
  const row = side * radius;
  for (let y = radius; y < side - radius; y++) {
    const end = (y + 1) * side - radius;
    for (let i = y * side + radius; i < end; i++) {
      const level = plane[i]! + STEP_MIN;
      const above =
        Number(plane[i - row - radius]! >= level) |
        (Number(plane[i - row]! >= level) << 1) |
        (Number(plane[i - row + radius]! >= level) << 2);
      const below =
        (Number(plane[i + row + radius]! >= level) << 4) |
        (Number(plane[i + row]! >= level) << 5) |
        (Number(plane[i + row - radius]! >= level) << 6);
      const beside = (Number(plane[i + radius]! >= level) << 3) | (Number(plane[i - radius]! >= level) << 7);
      counts[above | below | beside]!++;
    }
  }
  return counts;
}

/** The number of brighter neighbours where they are side by side, or the last pattern. */
const PATTERN_OF = Uint8Array.from({ length: 256 }, (_, code) => {
  const bits = Array.from({ length: 8 }, (_, k) => (code >> k) & 1);
  const changes = bits.filter((bit, k) => bit !== bits[(k + 7) % 8]).length;
  return changes <= 2 ? bits.reduce((sum, bit) => sum + bit, 0) : PATTERNS - 1;
});
