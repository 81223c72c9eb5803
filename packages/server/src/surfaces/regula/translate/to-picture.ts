import type { Resize } from '@facegate/engine/vocabulary';
import type { EncodedImage } from '../../../domain/acquisition/acquire.ts';
import { errors } from '../../../domain/errors.ts';
import { decodeBase64Image } from '../../../http/image-input.ts';
import type { SurfaceTools } from '../../../http/surface.ts';
import type { ImageFields } from '../wire/image-fields.ts';

/** What pictures are made of text or address with. */
export interface PictureSources extends Pick<SurfaceTools, 'fetchImage'> {
  /** Largest encoded picture, bytes. */
  readonly imageBytesMax: number;
  /** Of the request. */
  readonly signal: AbortSignal;
}

/** The picture of a request: its content where there is any, else what its address leads to. */
export function toEncodedImage(
  { content, data, imageUrl }: ImageFields,
  { fetchImage, imageBytesMax, signal }: PictureSources,
): EncodedImage {
  return () => {
    const text = content || data;
    if (text) return decodeBase64Image(text, imageBytesMax);
    if (!imageUrl) throw errors.imageEmpty();
    if (fetchImage === undefined) {
      throw errors.remoteImageRefused('This server fetches no pictures by their address.');
    }
    return fetchImage(imageUrl, signal);
  };
}

/** A side that no picture reaches: it bounds nothing. */
const UNBOUNDED = 65_535;

/** Without width and height there is nothing to be done. */
export function toResize({ resizeOptions }: ImageFields): Resize | undefined {
  const { width, height, quality } = resizeOptions ?? {};
  if (!width && !height) return undefined;
  return { width: width ?? UNBOUNDED, height: height ?? UNBOUNDED, quality: quality ?? 100 };
}
