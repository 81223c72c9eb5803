import { type LineBand, type StraightLine, straightestLine } from '../line-support.ts';
import { type PadView, SURROUNDINGS_SIDE } from '../pad-view.ts';
import { levelsAlong, stepsOf } from '../steps.ts';

/** Where an edge of what is held up may run: between the border of the surroundings and the face, px of the raster. */
const BANDS: readonly (LineBand & { readonly outwards: -1 | 1 })[] = [
  { isUpright: true, from: 3, to: 44, outwards: -1 },
  { isUpright: true, from: 84, to: 125, outwards: 1 },
  { isUpright: false, from: 3, to: 36, outwards: -1 },
  { isUpright: false, from: 92, to: 125, outwards: 1 },
];
/** Beside a line, px: on the bezel or margin, and on what is shown. */
const BESIDE = { outer: 2, inner: 3 };
/** What lines by chance reach: less says nothing about what lies beside them. */
const CLARITY_MIN = 0.7;
/** Keeps a line that is seen everywhere finite. */
const GAP_MIN = 0.04;

/**
 * Straight edges beside the face, right across its surroundings, and how plain the strip beyond them is. Screens and papers
 * end in such lines, with a bezel or a margin of one colour behind; so do door frames.
 *
 * @returns the clarity of the three clearest sides, −ln of the share of the line that is not seen; then for the two
 *   clearest, times their clarity above chance, how even the strip beyond is and how much more so than within; how much
 *   darker the clearest strip is; and the most even strip of any side.
 * @source  a Hough transform limited to four bands; Duda and Hart, Comm. ACM 15, 1972.
 */
export function frameEdge({ surroundings }: PadView): number[] | undefined {
  const { luminance } = surroundings();
  const steps = stepsOf(luminance, SURROUNDINGS_SIDE);
  if (!steps) return undefined;
  const sides = BANDS.map((band) => {
    const line = straightestLine(band.isUpright ? steps.across : steps.down, SURROUNDINGS_SIDE, band);
    return sideOf(luminance, line, band);
  }).sort((a, b) => b.clarity - a.clarity);
  const [first, second, third] = sides as [Side, Side, Side];
  return [
    first.clarity,
    second.clarity,
    third.clarity,
    ...[first, second].flatMap((side) => [above(side) * side.evenness, above(side) * side.evenerThanWithin]),
    above(first) * first.darker,
    above(first) * Math.abs(first.darker),
    Math.max(...sides.map((side) => above(side) * Math.max(0, side.evenness))),
  ];
}

interface Side {
  readonly clarity: number;
  /** −ln of the deviation along the strip, 20 levels for 0. */
  readonly evenness: number;
  readonly evenerThanWithin: number;
  /** Hundreds of levels. */
  readonly darker: number;
}

const above = ({ clarity }: Side): number => Math.max(0, clarity - CLARITY_MIN);

function sideOf(
  luminance: Float32Array,
  line: StraightLine,
  { isUpright, outwards }: (typeof BANDS)[number],
): Side {
  const clarity = -Math.log(1 + GAP_MIN - line.support);
  const along = (distance: number) =>
    levelsAlong(luminance, SURROUNDINGS_SIDE, { ...line, isUpright, distance });
  const outer = along(BESIDE.outer * outwards);
  const inner = along(-BESIDE.inner * outwards);
  if (!outer || !inner) return { clarity, evenness: 0, evenerThanWithin: 0, darker: 0 };
  return {
    clarity,
    evenness: -Math.log((outer.deviation + 2) / 20),
    evenerThanWithin: Math.log((inner.deviation + 2) / (outer.deviation + 2)),
    darker: (inner.mean - outer.mean) / 100,
  };
}
