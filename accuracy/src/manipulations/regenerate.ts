import { blended } from './compose-rasters.ts';
import { between, drawnMask, type Manipulation } from './manipulation.ts';
import { opened, type Raster, resized } from './raster.ts';
import { softMask } from './soft-mask.ts';

/** The face made anew from a smaller picture of itself, by one of the ways in which decoders of networks enlarge. */
export const regenerate: Manipulation = async (ingredients) => {
  const { target, random } = ingredients;
  const { raster } = target;
  const scale = between(random, 0.3, 0.6);
  const small = { width: Math.round(scale * raster.width), height: Math.round(scale * raster.height) };
  const enlarge = ENLARGEMENTS[Math.floor(random() * ENLARGEMENTS.length)] ?? byCubic;
  const made = await enlarge(await resized(raster, small, 'lanczos3'), raster);
  return blended(raster, made, await softMask(target.mesh, drawnMask(ingredients)));
};

type Enlargement = (small: Raster, size: Raster) => Promise<Raster>;

const byCubic: Enlargement = (small, size) => resized(small, size, 'cubic');

/** Nearest neighbour, then a blur: up-sampling followed by a convolution. */
const byRepetition: Enlargement = async (small, size) => {
  const coarse = await resized(small, size, 'nearest');
  return { ...coarse, pixels: await opened(coarse).blur(0.8).raw().toBuffer() };
};

/** Bilinear, then sharpened as a decoder's last layers do. */
const bySharpening: Enlargement = async (small, size) => {
  const soft = await resized(small, size, 'linear');
  return { ...soft, pixels: await opened(soft).sharpen({ sigma: 1.2 }).raw().toBuffer() };
};

const ENLARGEMENTS: readonly Enlargement[] = [byCubic, byRepetition, bySharpening];
