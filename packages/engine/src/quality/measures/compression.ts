import type { Affine } from '../../geometry/affine.ts';
import { clamp } from '../curves.ts';
import { luminanceOf } from '../window/luminance.ts';
import type { Measure } from './measure.ts';

/** Side of the blocks that JPEG codes each on its own, px. */
const BLOCK = 8;

/**
 * How much steeper the picture is across the borders of JPEG's blocks than within them: 1 − within ÷ across. Only of
 * pixels as they came; in a picture that was scaled or turned the blocks cannot be found again. JPEG 2000 and WebP, which
 * blur instead, are not seen.
 *
 * @source after Wang, Sheikh and Bovik, No-reference perceptual quality assessment of JPEG, ICIP 2002.
 */
export const compression: Measure = ({ subject: { raster, toImage } }) => {
  if (!isUnscaled(toImage) || Math.min(raster.width, raster.height) < 4 * BLOCK) return undefined;
  const { width, height } = raster;
  const luminance = luminanceOf(raster);
  const across = { border: 0, borders: 0, within: 0, withins: 0 };
  const offset = ((Math.round(toImage.c) % BLOCK) + BLOCK) % BLOCK;
  for (let y = 0, i = 0; y < height; y++, i++) {
    for (let x = 1; x < width; x++) {
      i++;
      const step = Math.abs(luminance[i]! - luminance[i - 1]!);
      if ((x + offset) % BLOCK === 0) {
        across.border += step;
        across.borders++;
      } else {
        across.within += step;
        across.withins++;
      }
    }
  }
  const border = across.border / across.borders;
  return border === 0 ? 0 : clamp(1 - across.within / across.withins / border, 0, 1);
};

const isUnscaled = ({ a, b, c, d, e, f }: Affine): boolean =>
  a === 1 && e === 1 && b === 0 && d === 0 && Number.isInteger(c) && Number.isInteger(f);
