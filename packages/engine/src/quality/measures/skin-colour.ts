import type { Lab } from '../../colour/cielab.ts';
import { logistic } from '../../signals/logistic.ts';
import { clamp } from '../curves.ts';
import type { Measure } from './measure.ts';

/** Distance when a cheek is greener or bluer than grey, which no skin is. */
const NOT_SKIN = 100;

/**
 * How far the cheeks' mean colour lies outside a* 5..25, b* 5..35.
 *
 * @source ISO/IEC 29794-5 natural colour.
 */
export const skinColourDistance: Measure = (context) => {
  const colour = context.coarseFace()?.cheekColour();
  return colour && (colour[1] < 0 || colour[2] < 0 ? NOT_SKIN : outside(colour));
};

/** CIELAB units outside the range of skin at which a colour is as likely a cast as a complexion. */
const CAST = { midpoint: 6, width: 1 };

/** The same distance as a probability; a picture without colour counts as unnatural. */
export const unnaturalSkin: Measure = (context) => {
  const colour = context.coarseFace()?.cheekColour();
  return colour && logistic(outside(colour), CAST);
};

function outside([, a, b]: Lab): number {
  return Math.hypot(a - clamp(a, 5, 25), b - clamp(b, 5, 35));
}
