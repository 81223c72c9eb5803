import type { Dice } from './dice.ts';
import { applyHomography, fromUnitSquare, type Homography } from './homography.ts';
import { blurLight, emptyLight, halveLight, type Light, type LightColour, readLight } from './light.ts';
import { seeThroughMosaic } from './mosaic.ts';
import type { Optics, Surface } from './surface.ts';

/** The sensor has this many pixels for each of the picture that comes out, a side. */
const SENSOR_SCALE = 2;

/** How a camera sees: the same draws for honest pictures and for recaptures. */
export interface Camera {
  /** Side of the square picture that comes out, px. */
  readonly side: number;
  /** From the camera's picture, px, to the source picture, px. */
  readonly toSource: Homography;
  readonly optics: Optics;
  /** After the sensor, px of the picture that comes out. */
  readonly defocus: number;
  /** Deviation of the sensor's noise, of white. */
  readonly noise: number;
  /** Stray light in the lens, of white: it lifts black as a screen's glow does. */
  readonly veil: number;
}

/** The part of the source that is shown, px of the source; what lies around it when that is not all of it. */
export interface Shown {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** A quarter of the source's size, blown up. */
  readonly behind: Light;
}

/** Near the middle of the source, a little enlarged, turned and askew. */
export function drawCamera(dice: Dice, source: Light, side: number): Camera {
  const enlargement = dice.between(1, 1.25);
  const reach = side / enlargement / 2;
  const middle = { x: source.width / 2 + dice.between(-6, 6), y: source.height / 2 + dice.between(-6, 6) };
  const turn = dice.between(-0.06, 0.06);
  const corner = (x: number, y: number) => {
    const [u, v] = [x * reach * dice.between(0.95, 1.05), y * reach * dice.between(0.95, 1.05)];
    return {
      x: middle.x + u * Math.cos(turn) - v * Math.sin(turn),
      y: middle.y + u * Math.sin(turn) + v * Math.cos(turn),
    };
  };
  const fromUnit = fromUnitSquare([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]);
  const [a, b, c, d, e, f, g, h] = fromUnit;
  const toSource: Homography = [a / side, b / side, c, d / side, e / side, f, g / side, h / side];
  return {
    side,
    toSource,
    optics: { blur: dice.between(0.25, 0.55), magnification: SENSOR_SCALE * enlargement },
    defocus: dice.between(0, 0.7),
    noise: dice.between(0.001, 0.008),
    veil: dice.chance(0.4) ? dice.between(0, 0.04) : 0,
  };
}

/** Takes the picture: of the source itself, or of a surface that shows it. */
export function takePicture(
  source: Light,
  { side, toSource, defocus, noise, veil }: Camera,
  { dice, surface, shown }: { readonly dice: Dice; readonly surface?: Surface; readonly shown: Shown },
): Light {
  const sensor = emptyLight(SENSOR_SCALE * side, SENSOR_SCALE * side);
  const colour: LightColour = [0, 0, 0];
  for (let row = 0, o = 0; row < sensor.height; row++) {
    for (let column = 0; column < sensor.width; column++, o += 3) {
      const [px, py] = [(column + 0.5) / SENSOR_SCALE, (row + 0.5) / SENSOR_SCALE];
      const { x, y } = applyHomography(toSource, px, py);
      if (surface) seeSurface(source, { x, y }, { surface, shown, colour });
      else readLight(source, x, y, colour);
      const stray = veil + (surface ? glareAt(surface, px / side, py / side) : 0);
      for (let channel = 0; channel < 3; channel++)
        sensor.values[o + channel] = (colour[channel] ?? 0) + stray + noise * dice.normal();
    }
  }
  return blurLight(halveLight(seeThroughMosaic(sensor)), defocus);
}

function seeSurface(
  source: Light,
  { x, y }: { readonly x: number; readonly y: number },
  {
    surface,
    shown,
    colour,
  }: { readonly surface: Surface; readonly shown: Shown; readonly colour: LightColour },
): void {
  const beyond = Math.max(shown.left - x, x - shown.right, shown.top - y, y - shown.bottom);
  if (beyond <= 0) {
    readLight(source, x, y, colour);
    surface.show(colour, x, y);
  } else if (beyond <= surface.margin.width * source.width) {
    const [red, green, blue] = surface.margin.colour;
    colour[0] = red;
    colour[1] = green;
    colour[2] = blue;
  } else {
    readLight(shown.behind, x / 4, y / 4, colour);
  }
}

function glareAt({ glare }: Surface, x: number, y: number): number {
  if (glare.strength === 0) return 0;
  const distance = ((x - glare.x) / glare.spreadX) ** 2 + ((y - glare.y) / glare.spreadY) ** 2;
  return glare.strength * Math.exp(-distance / 2);
}
