import { blended, warped } from './compose-rasters.ts';
import { between, drawnMask, eyeSpan, type Manipulation } from './manipulation.ts';
import { opened, type Raster, resized } from './raster.ts';
import { softMask } from './soft-mask.ts';

/**
 * The face of the picture itself, moved by a hair, tinted, resampled or sharpened, and blended back in: all that a swap
 * leaves, without another face.
 *
 * @source after Shiohara and Yamasaki, Detecting deepfakes with self-blended images, CVPR 2022.
 */
export const selfBlend: Manipulation = async (ingredients) => {
  const { target, random } = ingredients;
  const { raster } = target;
  const tinted = await opened(raster)
    .modulate({ brightness: between(random, 0.9, 1.1), saturation: between(random, 0.85, 1.15) })
    .raw()
    .toBuffer();
  const changed = await resampled({ ...raster, pixels: tinted }, random);
  const reach = 0.03 * eyeSpan(target.mesh);
  const shift = { x: between(random, -reach, reach), y: between(random, -reach, reach) };
  const turn = { x: between(random, 0.98, 1.02), y: between(random, -0.01, 0.01) };
  const moved = warped(changed, { turn, shift }, raster);
  return blended(raster, moved, await softMask(target.mesh, drawnMask(ingredients)));
};

async function resampled(raster: Raster, random: () => number): Promise<Raster> {
  if (random() < 0.3) return { ...raster, pixels: await opened(raster).sharpen().raw().toBuffer() };
  const scale = between(random, 0.5, 1);
  const small = { width: Math.round(scale * raster.width), height: Math.round(scale * raster.height) };
  return resized(await resized(raster, small), raster);
}
