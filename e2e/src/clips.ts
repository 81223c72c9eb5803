import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A second of a picture as an MP4; undefined where `ffmpeg` is not installed. */
export function clipOf(picture: Uint8Array): Buffer | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-clip-'));
  try {
    const [input, output] = [join(folder, 'picture.jpg'), join(folder, 'clip.mp4')];
    writeFileSync(input, picture);
    const frames = ['-loop', '1', '-t', '1', '-i', input, '-r', '12', '-pix_fmt', 'yuv420p'];
    const { status } = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...frames, output]);
    return status === 0 ? readFileSync(output) : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
