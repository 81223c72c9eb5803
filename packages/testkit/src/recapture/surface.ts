import type { Dice } from './dice.ts';
import type { LightColour } from './light.ts';

/** What is held before the camera: how it changes the light of the picture that it shows. */
export interface Surface {
  /**
   * Changes the colour of one sensor sample in place.
   *
   * @param x,y  on the surface, in px of the shown picture; they measure its pitch.
   */
  show(colour: LightColour, x: number, y: number): void;
  /** Beyond the shown picture: a bezel or the white margin of the paper. */
  readonly margin: { readonly width: number; readonly colour: LightColour };
  /** A highlight of a lamp or a window on it; strength 0 for none. */
  readonly glare: Glare;
}

export interface Glare {
  readonly strength: number;
  /** As shares of the camera's picture. */
  readonly x: number;
  readonly y: number;
  readonly spreadX: number;
  readonly spreadY: number;
}

/** How much of a grating the lens and the sensor's pixels leave. */
export interface Optics {
  /** Gaussian blur of the lens, sensor px. */
  readonly blur: number;
  /** Sensor px per px of the shown picture. */
  readonly magnification: number;
}

/** Contrast that is left of a grating of this many cycles per px of the shown picture: lens and pixel aperture. */
export function transfer(cycles: number, { blur, magnification }: Optics): number {
  const frequency = cycles / magnification;
  const phase = Math.PI * frequency;
  const aperture = phase === 0 ? 1 : Math.abs(Math.sin(phase) / phase);
  return Math.exp(-2 * (Math.PI * blur * frequency) ** 2) * aperture;
}

export function drawGlare(dice: Dice, probability: number): Glare {
  return {
    strength: dice.chance(probability) ? dice.between(0.15, 0.7) : 0,
    x: dice.between(0.1, 0.9),
    y: dice.between(0.1, 0.9),
    spreadX: dice.between(0.05, 0.3),
    spreadY: dice.between(0.05, 0.3),
  };
}

/** @source ITU-R BT.709 weights. */
export const weighLuma = (red: number, green: number, blue: number): number =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue;

export const lumaOf = ([red, green, blue]: LightColour): number => weighLuma(red, green, blue);
