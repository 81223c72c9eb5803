import { blended, warped } from './compose-rasters.ts';
import { between, type Manipulation } from './manipulation.ts';
import { readRaster, toJpeg } from './raster.ts';
import { softMask } from './soft-mask.ts';

/** The face as another JPEG has it: compressed by itself, its blocks elsewhere, and pasted with a hard edge. */
export const splice: Manipulation = async ({ target: { raster, mesh }, random }) => {
  const shift = { x: 1 + Math.floor(random() * 7), y: 1 + Math.floor(random() * 7) };
  const still = { x: 1, y: 0 };
  const moved = warped(raster, { turn: still, shift }, raster);
  const compressed = await readRaster(await toJpeg(moved, Math.round(between(random, 50, 80))));
  const back = warped(compressed, { turn: still, shift: { x: -shift.x, y: -shift.y } }, raster);
  const { width, height } = raster;
  return blended(raster, back, await softMask(mesh, { width, height, scale: 0.95, featherPx: 0 }));
};
