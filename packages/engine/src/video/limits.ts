import type { EngineOptions, ImageLimits, VideoLimits, VideoOptions } from '../engine.ts';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { DeclaredFacts } from './video-source.ts';

export const DEFAULT_VIDEO_LIMITS: VideoLimits = {
  bytesMax: 50_000_000,
  secondsMax: 60,
  framesMax: 3_600,
  sideMax: DEFAULT_IMAGE_LIMITS.sideMax,
  pixelsMax: DEFAULT_IMAGE_LIMITS.pixelsMax,
  deadlineMs: 30_000,
  memoryBytesMax: 1_610_612_736,
};

/** Frames are pictures: they share the sides and pixels of the images' limits unless the clip's own say otherwise. */
export function videoOptionsOf(
  { video = {} }: Pick<EngineOptions, 'video'>,
  images: ImageLimits,
): VideoOptions {
  const { sideMax, pixelsMax } = images;
  return {
    decoder: 'auto',
    atOnce: 2,
    programFolders: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin',
    ...video,
    limits: { ...DEFAULT_VIDEO_LIMITS, sideMax, pixelsMax, ...video.limits },
  };
}

/** @throws EngineError `image-empty`, `payload-too-large`. */
export function checkVideoBytes(count: number, { bytesMax }: VideoLimits): void {
  if (count === 0) throw new EngineError('image-empty', 'The clip has no bytes.');
  if (count > bytesMax) throw tooLarge(`${count} bytes`, `${bytesMax}`);
}

/**
 * Refuses what a header declares before a frame is decoded.
 *
 * @throws EngineError `image-unreadable` when there are no pixels, `payload-too-large` when there is too much.
 */
export function checkDeclared(
  { width, height, durationSeconds = 0 }: DeclaredFacts,
  { secondsMax, ...limits }: VideoLimits,
): void {
  checkFrameSides({ width, height }, limits);
  if (!(durationSeconds <= secondsMax)) throw tooLarge(`${Math.ceil(durationSeconds)} s`, `${secondsMax} s`);
}

/** @throws EngineError `image-unreadable`, `payload-too-large`. */
export function checkFrameSides(
  { width, height }: { width: number; height: number },
  { sideMax, pixelsMax }: Pick<ImageLimits, 'sideMax' | 'pixelsMax'>,
): void {
  if (!(width >= 1 && height >= 1)) throw new EngineError('image-unreadable', 'The frames have no pixels.');
  if (width > sideMax || height > sideMax || width * height > pixelsMax) {
    throw tooLarge(`frames of ${width}×${height}`, `${sideMax} a side and ${pixelsMax} pixels`);
  }
}

/** @throws EngineError `payload-too-large`. Call it while counting: a list may have no end. */
export function checkFrameCount(count: number, { framesMax }: VideoLimits): void {
  if (count > framesMax) throw tooLarge(`more than ${framesMax} frames`, `${framesMax}`);
}

const tooLarge = (found: string, accepted: string): EngineError =>
  new EngineError('payload-too-large', `The clip has ${found}; ${accepted} are accepted.`);
