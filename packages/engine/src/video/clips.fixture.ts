import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Clips are made with these; some tests also read them back with them. */
export const hasFfmpeg = ['ffmpeg', 'ffprobe'].every((name) => spawnSync(name, ['-version']).status === 0);

/** What a test without ffmpeg is skipped with. */
export const WITHOUT_FFMPEG = hasFfmpeg ? '' : ' (skipped: ffmpeg and ffprobe are not installed)';

/** A folder of clips made on the spot: a moving drawing with a red top left corner. */
export class ClipWorkshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'facegate-clips-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs ffmpeg; `-y`, silence and the output's path are added. */
  make(name: string, ...input: readonly string[]): string {
    const path = this.path(name);
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...input, path], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return path;
  }

  /** The drawing, 320×240, through an encoder. */
  draw(name: string, { seconds = 2, rate = 25, encoder = H264 }: Partial<Drawing> = {}): string {
    const drawing = `testsrc=size=320x240:rate=${rate}:duration=${seconds},${CORNER}`;
    return this.make(name, '-f', 'lavfi', '-i', drawing, ...encoder);
  }

  write(name: string, bytes: Uint8Array): string {
    const path = this.path(name);
    writeFileSync(path, bytes);
    return path;
  }

  /** The same MP4 with a display matrix that turns its frames clockwise, as a telephone held upright writes it. */
  turn(name: string, path: string, clockwise: keyof typeof MATRICES): string {
    const bytes = readFileSync(path);
    // ISO/IEC 14496-12, 8.3.2: rows of three, the third of each row unused.
    const matrix = bytes.indexOf('tkhd') + 4 + 40;
    const [a, b, c, d] = MATRICES[clockwise];
    for (const [index, value] of [a, b, 0, c, d].entries())
      bytes.writeInt32BE(value * 65_536, matrix + 4 * index);
    return this.write(name, bytes);
  }

  /** The first part of a clip. */
  cut(name: string, path: string, share: number): string {
    const bytes = readFileSync(path);
    return this.write(name, bytes.subarray(0, Math.round(bytes.length * share)));
  }
}

export interface Drawing {
  readonly seconds: number;
  readonly rate: number;
  readonly encoder: readonly string[];
}

const MATRICES = { 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] } as const;

const CORNER = 'drawbox=x=0:y=0:w=80:h=60:color=red:t=fill,format=yuv420p';

export const H264: readonly string[] = ['-c:v', 'libx264', '-preset', 'veryfast'];
export const HEVC: readonly string[] = [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'],
];
export const VP9: readonly string[] = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'];
export const MPEG4: readonly string[] = ['-c:v', 'mpeg4', '-q:v', '3'];
