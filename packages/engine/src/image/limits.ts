import type { ImageLimits } from '../engine.ts';
import { EngineError } from '../vocabulary/errors.ts';

export const DEFAULT_IMAGE_LIMITS: ImageLimits = {
  bytesMax: 31_457_280,
  sideMax: 12_000,
  pixelsMax: 40_000_000,
};

/** @throws EngineError `payload-too-large`. */
export function checkBytes(count: number, { bytesMax }: Pick<ImageLimits, 'bytesMax'>): void {
  if (count > bytesMax) {
    throw new EngineError('payload-too-large', `The image has ${count} bytes; ${bytesMax} are accepted.`);
  }
}

/**
 * Refuses declared sizes before any pixel is allocated.
 *
 * @throws EngineError `image-unreadable` when there are no pixels, `payload-too-large` when there are too many.
 */
export function checkSides(
  { width, height }: { readonly width: number; readonly height: number },
  { sideMax, pixelsMax }: ImageLimits,
): void {
  if (width < 1 || height < 1) throw new EngineError('image-unreadable', `The image is ${width}×${height}.`);
  if (width > sideMax || height > sideMax || width * height > pixelsMax) {
    throw new EngineError(
      'payload-too-large',
      `The image is ${width}×${height}; ${sideMax} a side and ${pixelsMax} pixels are accepted.`,
    );
  }
}
