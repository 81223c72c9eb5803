import type { Dice } from './dice.ts';
import { blurLight, type Light, type LightColour } from './light.ts';
import { weighLuma } from './surface.ts';

/** Global statistics that a picture is brought to, so that none of them tells honest pictures from recaptures. */
export interface Look {
  /** Mean luma in linear light. */
  readonly brightness: number;
  /** Mean distance of the channels from luma ÷ mean luma. */
  readonly saturation: number;
  /** Mean red ÷ mean blue. */
  readonly redToBlue: number;
  /** Deviation of luma ÷ mean luma. */
  readonly contrast: number;
  /** Root of the mean squared Laplacian of luma ÷ mean luma. */
  readonly sharpness: number;
}

/** Drawn alike for both classes. */
export const drawLook = (dice: Dice): Look => ({
  brightness: dice.between(0.14, 0.3),
  saturation: dice.between(0.2, 0.42),
  redToBlue: dice.between(1.1, 1.8),
  contrast: dice.between(0.65, 1.15),
  sharpness: Math.exp(dice.between(Math.log(0.1), Math.log(0.25))),
});

/** Colours, brightness and sharpness as wanted; the statistics still move a little when values are clipped. */
export function bringToLook(light: Light, look: Look): Light {
  let matched = light;
  for (let round = 0; round < 3; round++)
    matched = toColours(toSharpness(toContrast(toColours(matched, look), look), look), look);
  return matched;
}

export function lookOf(light: Light): Look {
  const { red, luma, blue, chroma, squaredLuma } = means(light);
  const edges = laplacian(light);
  return {
    brightness: luma,
    saturation: chroma / luma,
    redToBlue: red / blue,
    contrast: Math.sqrt(squaredLuma - luma * luma) / luma,
    sharpness: Math.sqrt(meanProduct(edges, edges)) / luma,
  };
}

function means({ values }: Light) {
  const sums = { red: 0, luma: 0, blue: 0, chroma: 0, squaredLuma: 0 };
  for (let i = 0; i < values.length; i += 3) {
    const [red, green, blue] = [values[i] ?? 0, values[i + 1] ?? 0, values[i + 2] ?? 0];
    const luma = weighLuma(red, green, blue);
    sums.red += red;
    sums.luma += luma;
    sums.blue += blue;
    sums.squaredLuma += luma * luma;
    sums.chroma += Math.sqrt((red - luma) ** 2 + (green - luma) ** 2 + (blue - luma) ** 2);
  }
  const n = values.length / 3;
  return {
    red: sums.red / n,
    luma: sums.luma / n,
    blue: sums.blue / n,
    chroma: sums.chroma / n,
    squaredLuma: sums.squaredLuma / n,
  };
}

function toColours(light: Light, look: Look): Light {
  const { red, blue } = means(light);
  const cast = Math.sqrt((look.redToBlue * blue) / red);
  const balanced = mapLight(light, (red, green, blue) => [red * cast, green, blue / cast]);
  const { chroma, luma: mean } = means(balanced);
  const colour = Math.min(4, (look.saturation * mean) / chroma);
  const saturated = mapLight(balanced, (red, green, blue) => {
    const luma = weighLuma(red, green, blue);
    return [luma + colour * (red - luma), luma + colour * (green - luma), luma + colour * (blue - luma)];
  });
  const gain = look.brightness / means(saturated).luma;
  return mapLight(saturated, (red, green, blue) => [red * gain, green * gain, blue * gain]);
}

/** By a tone curve, a power of luma: black stays black, so that it undoes no veil. */
function toContrast(light: Light, { contrast }: Look): Light {
  const { luma: mean, squaredLuma } = means(light);
  const own = Math.sqrt(squaredLuma - mean * mean) / mean;
  const exponent = Math.min(2.5, Math.max(0.4, contrast / own));
  return mapLight(light, (red, green, blue) => {
    const gain = Math.max(1e-4, weighLuma(red, green, blue) / mean) ** (exponent - 1);
    return [red * gain, green * gain, blue * gain];
  });
}

/** Adds as much of the difference to a blurred copy as the wanted sharpness takes: the root of a quadratic. */
function toSharpness(light: Light, { sharpness }: Look): Light {
  const blurred = blurLight(light, 1.2);
  const detail = addLight(light, blurred, -1);
  const [own, added] = [laplacian(light), laplacian(detail)];
  const wanted = (sharpness * means(light).luma) ** 2;
  const [a, b, c] = [meanProduct(added, added), meanProduct(own, added), meanProduct(own, own) - wanted];
  const amount = Math.min(4, Math.max(-1, (Math.sqrt(Math.max(0, b * b - a * c)) - b) / a));
  return addLight(light, detail, amount);
}

function addLight(light: Light, other: Light, factor: number): Light {
  const values = new Float32Array(light.values.length);
  for (let i = 0; i < values.length; i++)
    values[i] = (light.values[i] ?? 0) + factor * (other.values[i] ?? 0);
  return { ...light, values };
}

function mapLight(light: Light, map: (red: number, green: number, blue: number) => LightColour): Light {
  const values = new Float32Array(light.values.length);
  for (let i = 0; i < values.length; i += 3) {
    const mapped = map(light.values[i] ?? 0, light.values[i + 1] ?? 0, light.values[i + 2] ?? 0);
    for (let channel = 0; channel < 3; channel++)
      values[i + channel] = Math.min(1, Math.max(0, mapped[channel] ?? 0));
  }
  return { ...light, values };
}

/** Of luma, inside the border. */
function laplacian({ width, height, values }: Light): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++)
    luma[i] = weighLuma(values[3 * i] ?? 0, values[3 * i + 1] ?? 0, values[3 * i + 2] ?? 0);
  const result = new Float32Array((width - 2) * (height - 2));
  for (let y = 1, o = 0; y < height - 1; y++)
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++)
      result[o++] =
        4 * (luma[i] ?? 0) -
        (luma[i - 1] ?? 0) -
        (luma[i + 1] ?? 0) -
        (luma[i - width] ?? 0) -
        (luma[i + width] ?? 0);
  return result;
}

function meanProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum / a.length;
}
