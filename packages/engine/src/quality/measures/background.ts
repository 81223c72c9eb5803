import { labOf } from '../../colour/cielab.ts';
import type { Rgb } from '../../vocabulary/shapes.ts';
import { countOf } from '../window/polygon.ts';
import type { Surroundings } from '../window/surroundings.ts';
import type { Measure } from './measure.ts';

/** Less of what the window shows of the picture is not judged. */
const SHARE_MIN = 0.01;

const isTooLittle = (count: number, { visible }: Surroundings): boolean =>
  count < SHARE_MIN * countOf(visible) || count === 0;

/** Mean Sobel magnitude at which a background is half-way from uniform. */
const BUSY = 90;

/**
 * 1 ÷ (1 + (x ÷ 90)), x being the mean Sobel magnitude of the background's luminance: how much its neighbours differ, at
 * 32 px between the eyes.
 *
 * @source ISO/IEC 29794-5 background uniformity.
 */
export const backgroundUniformity: Measure = async (context) => {
  const surroundings = await context.surroundings();
  const magnitude = surroundings && meanSobel(surroundings);
  return magnitude === undefined ? undefined : 1 / (1 + magnitude / BUSY);
};

function meanSobel(surroundings: Surroundings): number | undefined {
  const { image, luminance: v, background } = surroundings;
  const { width } = image;
  let sum = 0;
  let count = 0;
  for (let i = width + 1; i < v.length - width - 1; i++) {
    if (background.data[i] === 0) continue;
    const right = v[i - width + 1]! + 2 * v[i + 1]! + v[i + width + 1]!;
    const left = v[i - width - 1]! + 2 * v[i - 1]! + v[i + width - 1]!;
    const below = v[i + width - 1]! + 2 * v[i + width]! + v[i + width + 1]!;
    const above = v[i - width - 1]! + 2 * v[i - width]! + v[i - width + 1]!;
    const across = right - left;
    const down = below - above;
    sum += Math.sqrt(across * across + down * down);
    count++;
  }
  return isTooLittle(count, surroundings) ? undefined : sum / count;
}

/** Colour difference ΔE (CIE 1976) at which a pixel's likeness has fallen to 1/e. */
const ALIKE = 30;

/** Mean over the background of exp(−(ΔE ÷ 30)²). Undefined when no colour was asked. */
export const backgroundMatch: Measure = async (context) => {
  const wanted = context.subject.backgroundColour;
  const surroundings = wanted && (await context.surroundings());
  return surroundings && meanLikeness(surroundings, wanted);
};

function meanLikeness(surroundings: Surroundings, wanted: Rgb): number | undefined {
  const { image, background } = surroundings;
  const [lightness, a, b] = labOf(wanted);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < background.data.length; i++) {
    if (background.data[i] === 0) continue;
    const p = 3 * i;
    const lab = labOf([image.pixels[p]!, image.pixels[p + 1]!, image.pixels[p + 2]!]);
    const squares = (lab[0] - lightness) ** 2 + (lab[1] - a) ** 2 + (lab[2] - b) ** 2;
    sum += Math.exp(-squares / ALIKE ** 2);
    count++;
  }
  return isTooLittle(count, surroundings) ? undefined : sum / count;
}
