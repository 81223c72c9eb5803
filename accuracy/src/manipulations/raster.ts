import sharp from 'sharp';

/** RGB, 8 bit, interleaved, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Decodes a picture whose orientation is upright already. */
export async function readRaster(bytes: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

export const opened = ({ width, height, pixels }: Raster) =>
  sharp(pixels, { raw: { width, height, channels: 3 } });

export const toJpeg = (raster: Raster, quality: number): Promise<Uint8Array> =>
  opened(raster).jpeg({ quality }).toBuffer();

/** To the given sides and no further. */
export async function resized(
  raster: Raster,
  { width, height }: { readonly width: number; readonly height: number },
  kernel: 'nearest' | 'linear' | 'cubic' | 'lanczos3' = 'cubic',
): Promise<Raster> {
  const pixels = await opened(raster).resize({ width, height, fit: 'fill', kernel }).raw().toBuffer();
  return { width, height, pixels };
}
