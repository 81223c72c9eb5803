import type { Dice } from './dice.ts';
import type { LightColour } from './light.ts';
import { drawGlare, lumaOf, type Optics, type Surface, transfer } from './surface.ts';

/** Of the screens for cyan, magenta and yellow, degrees. */
const SCREEN_ANGLES = [15, 75, 0].map((degrees) => (degrees * Math.PI) / 180);
/** First harmonic of round dots that cover one half. */
const DOT_CONTRAST = 0.6;

/**
 * A print: inks that reach fewer colours than the picture has, dots in three turned screens, the grain and the curl of the
 * paper, its margin.
 */
export function drawPrint(dice: Dice, optics: Optics): Surface {
  const lines = dice.between(0.5, 2.5);
  const dots = DOT_CONTRAST * transfer(lines, optics);
  const paper: LightColour = [dice.between(0.85, 0.95), dice.between(0.84, 0.93), dice.between(0.75, 0.95)];
  const ink = dice.between(0.02, 0.08);
  const paleness = dice.between(0.05, 0.3);
  const gamma = dice.between(0.85, 1.2);
  const grain = {
    depth: dice.between(0.01, 0.04),
    cycles: dice.between(0.3, 1),
    seed: dice.between(0, 1000),
  };
  const curl = {
    depth: dice.between(0, 0.12),
    cycles: dice.between(0.001, 0.004),
    turn: dice.between(0, 2 * Math.PI),
  };
  const show = (colour: LightColour, x: number, y: number): void => {
    const luma = lumaOf(colour);
    const shade =
      1 +
      grain.depth * valueNoise(x * grain.cycles, y * grain.cycles, grain.seed) +
      curl.depth * Math.cos(2 * Math.PI * curl.cycles * (x * Math.cos(curl.turn) + y * Math.sin(curl.turn)));
    for (let channel = 0; channel < 3; channel++) {
      const tone = clampUnit((1 - paleness) * (colour[channel] ?? 0) + paleness * luma) ** gamma;
      const raster = dotRaster(x, y, lines, SCREEN_ANGLES[channel] ?? 0);
      const bare = clampUnit(tone + dots * 4 * tone * (1 - tone) * raster);
      colour[channel] = (ink + (1 - ink) * bare) * (paper[channel] ?? 1) * shade;
    }
  };
  return { show, margin: { width: dice.between(0, 0.08), colour: paper }, glare: drawGlare(dice, 0.25) };
}

const clampUnit = (value: number): number => Math.min(1, Math.max(0, value));

/** −1..1. */
function dotRaster(x: number, y: number, lines: number, angle: number): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const u = 2 * Math.PI * lines * (x * cos + y * sin);
  const v = 2 * Math.PI * lines * (y * cos - x * sin);
  return (Math.cos(u) + Math.cos(v)) / 2;
}

/** Smooth noise −1..1 with one independent value per unit square. */
function valueNoise(x: number, y: number, seed: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const upper = hashAt(left, top, seed) * (1 - fx) + hashAt(left + 1, top, seed) * fx;
  const lower = hashAt(left, top + 1, seed) * (1 - fx) + hashAt(left + 1, top + 1, seed) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** −1..1. */
function hashAt(column: number, row: number, seed: number): number {
  const hash = Math.sin(column * 127.1 + row * 311.7 + seed) * 43_758.545;
  return 2 * (hash - Math.floor(hash)) - 1;
}
