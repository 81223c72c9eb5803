import type { RgbImage } from '../image/rgb-image.ts';
import type { InjectionSignal } from '../vocabulary/injection.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { type ForensicWindow, forensicWindow } from './forensic-window.ts';
import { readBlendingBoundary } from './signals/blending-boundary.ts';
import { readColour } from './signals/colour.ts';
import { readDoubleCompression } from './signals/double-compression.ts';
import { readJpegGrid } from './signals/jpeg-grid.ts';
import { readNoiseResidual } from './signals/noise-residual.ts';
import type { ReadSignal } from './signals/signal.ts';
import { readSpectrum } from './signals/spectrum.ts';

/** Those read from pixels. */
export type PixelSignal = Exclude<InjectionSignal, 'provenance'>;

export type SignalReadings = Readonly<Partial<Record<PixelSignal, readonly number[]>>>;

interface Reader {
  readonly signal: PixelSignal;
  /** `blocks`: it looks for JPEG's blocks, and so needs the pixels of a JPEG as they were written. */
  readonly of: 'texture' | 'blocks';
  readonly read: ReadSignal;
}

const READERS: readonly Reader[] = [
  { signal: 'spectrum', of: 'texture', read: readSpectrum },
  { signal: 'noise-residual', of: 'texture', read: readNoiseResidual },
  { signal: 'jpeg-grid', of: 'blocks', read: readJpegGrid },
  { signal: 'double-compression', of: 'blocks', read: readDoubleCompression },
  { signal: 'colour', of: 'texture', read: readColour },
  { signal: 'blending-boundary', of: 'texture', read: readBlendingBoundary },
];

/**
 * Reads every signal of one face that its picture gives ground for.
 *
 * @param mesh 468 points in image pixels.
 * @cost  about 15 ms of processor time.
 */
export function readSignals(
  image: RgbImage,
  mesh: readonly Point[],
  { isJpeg }: { readonly isJpeg: boolean },
): SignalReadings {
  const texture = forensicWindow(image, mesh, 'bounded');
  if (!texture) return {};
  const blocks = isJpeg ? blockWindow(image, mesh, texture) : undefined;
  const readings: Partial<Record<PixelSignal, readonly number[]>> = {};
  for (const { signal, of, read } of READERS) {
    const window = of === 'blocks' ? blocks : texture;
    const reading = window && read(window);
    if (reading) readings[signal] = reading;
  }
  return readings;
}

const blockWindow = (image: RgbImage, mesh: readonly Point[], texture: ForensicWindow) =>
  texture.origin ? texture : forensicWindow(image, mesh, 'native');
