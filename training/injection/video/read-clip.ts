import type { Raster } from '../../../accuracy/src/manipulations/raster.ts';
import { rgbImage } from '../../../packages/engine/src/image/rgb-image.ts';
import { forensicWindow } from '../../../packages/engine/src/injection/forensic-window.ts';
import { readBlendingBoundary } from '../../../packages/engine/src/injection/signals/blending-boundary.ts';
import { boundaryFlicker } from '../../../packages/engine/src/injection/video/boundary-flicker.ts';
import { identityDrift } from '../../../packages/engine/src/injection/video/identity-drift.ts';
import { landmarkJitter } from '../../../packages/engine/src/injection/video/landmark-jitter.ts';
import { analyseFrame } from '../../../packages/engine/src/pipeline/analyse-image.ts';
import type { Models } from '../../../packages/engine/src/pipeline/models.ts';

export const VIDEO_SIGNALS = ['landmark-jitter', 'identity-drift', 'boundary-flicker'] as const;

export type VideoSignal = (typeof VIDEO_SIGNALS)[number];

/** What the three signals read of one clip; those that gave no ground are left out. */
export type ClipReading = Readonly<Partial<Record<VideoSignal, number>>>;

/** @param frames at even intervals. Those without a face are left out. */
export async function readClip(frames: readonly Raster[], models: Models): Promise<ClipReading> {
  const seen = [];
  for (const { width, height, pixels } of frames) {
    const image = rgbImage(width, height, Uint8Array.from(pixels));
    const { faces } = await analyseFrame(image, { faces: 'central', mesh: true, template: true }, models, {});
    const { mesh, template } = faces[0] ?? {};
    if (!mesh || !template) continue;
    const window = forensicWindow(image, mesh, 'bounded');
    seen.push({ mesh, template: template.values, rings: window && readBlendingBoundary(window) });
  }
  const rings = seen.flatMap((frame) => (frame.rings ? [frame.rings] : []));
  return defined({
    'landmark-jitter': landmarkJitter(seen.map(({ mesh }) => mesh)),
    'identity-drift': identityDrift(seen.map(({ template }) => template)),
    'boundary-flicker': rings.length === seen.length ? boundaryFlicker(rings) : undefined,
  });
}

const defined = (reading: Readonly<Record<VideoSignal, number | undefined>>): ClipReading =>
  Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined));
