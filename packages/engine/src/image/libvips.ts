import sharp from 'sharp';

/**
 * Sets libvips up for this process; call it once before the first picture.
 *
 * Only the five loaders in use stay open, so that no sniffing of libvips' own can reach another one. One thread per
 * picture and no cache: the engine runs pictures side by side, and never sees the same one twice.
 */
export function configureLibvips(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpeg',
      'VipsForeignLoadPng',
      'VipsForeignLoadWebp',
      'VipsForeignLoadTiff',
      'VipsForeignLoadHeif',
    ],
  });
}
