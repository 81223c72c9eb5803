import type { Dice } from './dice.ts';
import type { LightColour } from './light.ts';
import { drawGlare, lumaOf, type Optics, type Surface, transfer } from './surface.ts';

/** First harmonic of stripes that cover a third, and of rows that are lit for six sevenths. */
const STRIPE_CONTRAST = 1.65;
const ROW_CONTRAST = 0.3;

/**
 * A display: its grid of red, green and blue stripes is sampled by the sensor after what the lens leaves of it, which is
 * where moiré comes from; white point, gamut, gamma, the glow of its black, the bands of a dimmed backlight, a bezel.
 */
export function drawScreen(dice: Dice, optics: Optics): Surface {
  const pitch = dice.between(0.7, 3);
  const stripes = STRIPE_CONTRAST * transfer(pitch, optics);
  const rows = ROW_CONTRAST * transfer(pitch, optics);
  const white: LightColour = [dice.between(0.85, 1.1), 1, dice.between(0.9, 1.2)];
  const paleness = dice.between(-0.05, 0.2);
  const gamma = dice.between(0.9, 1.2);
  const black = dice.between(0.005, 0.05);
  const band = { depth: dice.chance(0.3) ? dice.between(0.01, 0.06) : 0, cycles: dice.between(0.004, 0.03) };
  const bezel = dice.between(0.004, 0.04);
  const show = (colour: LightColour, x: number, y: number): void => {
    const luma = lumaOf(colour);
    const row = 1 + rows * Math.cos(2 * Math.PI * pitch * y);
    const backlight = 1 + band.depth * Math.cos(2 * Math.PI * band.cycles * y);
    for (let channel = 0; channel < 3; channel++) {
      const pale = (1 - paleness) * (colour[channel] ?? 0) + paleness * luma;
      const lit = black + (1 - black) * Math.max(0, pale) ** gamma;
      const stripe = 1 + stripes * Math.cos(2 * Math.PI * (pitch * x - channel / 3));
      colour[channel] = lit * (white[channel] ?? 1) * Math.max(0, stripe * row) * backlight;
    }
  };
  return {
    show,
    margin: { width: dice.between(0.04, 0.25), colour: [bezel, bezel, bezel] },
    glare: drawGlare(dice, 0.4),
  };
}
