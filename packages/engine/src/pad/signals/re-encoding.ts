import { boxCentre } from '../../geometry/boxes.ts';
import type { RgbImage } from '../../image/rgb-image.ts';
import type { BoundingBox } from '../../vocabulary/shapes.ts';

/** Columns and rows looked at, px of the picture. */
const SIDE = 128;
/** Of JPEG's blocks. */
const BLOCK = 8;
/** Cycles per side. Below, the face's own features have periods. */
const CYCLES_MIN = 20;
const CYCLES_MAX = 62;
/** A column of a face is never quite smooth; this keeps flat pictures from counting as periodic. */
const CURVATURE_FLOOR = 1;

/**
 * Traces of an earlier life of the pixels: logarithms of the strongest period of their second difference along rows
 * against the typical one, and of the steps across JPEG's block borders against those within. Interpolation leaves
 * periods; a picture that was taken of another has blurred the borders of the first one's blocks.
 *
 * @returns undefined when the picture has fewer than 128 px either way around the face.
 * @source  after Gallagher, Detection of linear and cubic interpolation in JPEG compressed images, CRV 2005; block steps
 *   after Wang, Sheikh and Bovik, ICIP 2002.
 */
export function reEncoding(image: RgbImage, box: BoundingBox): number[] | undefined {
  if (Math.min(image.width, image.height) < SIDE + 2) return undefined;
  const centre = boxCentre(box);
  const place = (middle: number, size: number): number =>
    Math.max(1, Math.min(size - SIDE - 1, Math.round(middle - SIDE / 2)));
  const [left, top] = [place(centre.x, image.width), place(centre.y, image.height)];
  const columns = columnSums(image, left, top);
  return [strongestPeriod(columns.curvature), blockSteps(columns.step, left)];
}

/** Sums over the rows, by column: of absolute second differences, and of steps from the column before. */
function columnSums({ width, pixels }: RgbImage, left: number, top: number) {
  const curvature = new Float64Array(SIDE);
  const step = new Float64Array(SIDE);
  for (let y = top; y < top + SIDE; y++) {
    for (let x = 0, p = 3 * (y * width + left) + 1; x < SIDE; x++, p += 3) {
      const [before, here, after] = [pixels[p - 3]!, pixels[p]!, pixels[p + 3]!];
      curvature[x]! += Math.abs(2 * here - before - after);
      step[x]! += Math.abs(here - before);
    }
  }
  return { curvature, step };
}

function strongestPeriod(curvature: Float64Array): number {
  const logs = curvature.map((sum) => Math.log(CURVATURE_FLOOR + sum));
  const magnitudes: number[] = [];
  for (let cycles = CYCLES_MIN; cycles < CYCLES_MAX; cycles++) {
    if (cycles % (SIDE / BLOCK) !== 0) magnitudes.push(magnitudeAt(logs, cycles));
  }
  const ranked = magnitudes.sort((a, b) => a - b);
  return Math.log((0.1 + ranked.at(-1)!) / (0.1 + ranked[ranked.length >> 1]!));
}

function magnitudeAt(values: Float64Array, cycles: number): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    re += values[i]! * Math.cos((2 * Math.PI * cycles * i) / values.length);
    im += values[i]! * Math.sin((2 * Math.PI * cycles * i) / values.length);
  }
  return Math.hypot(re, im);
}

function blockSteps(step: Float64Array, left: number): number {
  const isBorder = (x: number): boolean => (left + x) % BLOCK === 0;
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.log(
    (SIDE + mean(step.filter((_, x) => isBorder(x)))) / (SIDE + mean(step.filter((_, x) => !isBorder(x)))),
  );
}
