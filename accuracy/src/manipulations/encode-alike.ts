import { createHash } from 'node:crypto';
import { randomSequence } from '@facegate/measurement';
import { between } from './manipulation.ts';
import { type Raster, resized, toJpeg } from './raster.ts';

/** A sequence of its own for every picture and purpose, the same in every run. */
export function sequenceFor(id: string, purpose: string): () => number {
  return randomSequence(createHash('sha256').update(`${purpose} ${id}`).digest().readUInt32LE());
}

/** Half of the pictures keep their size; the others lose up to a fifth of it. */
const SCALE_MIN = 0.8;
const QUALITY = { low: 75, high: 95 } as const;

/**
 * The last leg that every picture travels before it is judged, untouched or manipulated: one size and one JPEG quality
 * drawn by the name of the picture it was made of, so that neither tells the classes apart.
 */
export async function encodeAlike(raster: Raster, id: string): Promise<Uint8Array> {
  const random = sequenceFor(id, 'encoding');
  const scale = random() < 0.5 ? 1 : between(random, SCALE_MIN, 1);
  const quality = Math.round(between(random, QUALITY.low, QUALITY.high));
  if (scale === 1) return toJpeg(raster, quality);
  const size = { width: Math.round(scale * raster.width), height: Math.round(scale * raster.height) };
  return toJpeg(await resized(raster, size), quality);
}
