import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster } from '../../../accuracy/src/manipulations/raster.ts';

/** Frames a second of every clip that is measured. */
export const RATE = 12.5;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The last leg of every clip, untouched or manipulated: H.264 and back.
 *
 * @param frames of one size, sides even.
 * @param crf    constant rate factor of x264: higher is coarser.
 * @throws Error when ffmpeg is not installed.
 */
export function throughH264(frames: readonly Raster[], crf: number): Raster[] {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-clip-'));
  try {
    const [first] = frames;
    if (!first) return [];
    const file = join(folder, 'clip.mp4');
    const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${first.width}x${first.height}`];
    const input = Buffer.concat(frames.map(({ pixels }) => pixels));
    runFfmpeg([...raw, '-r', `${RATE}`, '-i', '-', ...h264(crf), file], input);
    return framesOf(file, { size: first });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const h264 = (crf: number): string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', `${crf}`, '-pix_fmt', 'yuv420p', '-threads', '1'],
];

/** Decodes a clip. @param filters of ffmpeg; they must leave frames of `size`. */
export function framesOf(
  file: string,
  { size, filters = 'null', span = [] }: { size: Size; filters?: string; span?: readonly string[] },
): Raster[] {
  const pixels = runFfmpeg([...span, '-i', file, '-vf', filters, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']);
  const bytes = 3 * size.width * size.height;
  return Array.from({ length: Math.floor(pixels.length / bytes) }, (_, index) => ({
    width: size.width,
    height: size.height,
    pixels: Uint8Array.from(pixels.subarray(index * bytes, (index + 1) * bytes)),
  }));
}

const runFfmpeg = (options: readonly string[], input = Buffer.alloc(0)): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...options], { input, maxBuffer: 2 ** 31 - 1 });
