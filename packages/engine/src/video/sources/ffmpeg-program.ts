import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { VideoLimits } from '../../engine.ts';
import { EngineError } from '../../vocabulary/errors.ts';
import type { VideoFile } from '../container.ts';

/** FFmpeg reserves about this much address space for its libraries and stacks before it reads anything, bytes. */
const ADDRESS_SPACE_BASE = 536_870_912;

/** Sets the bounds that the kernel keeps, then becomes the program. */
const BOUNDED = 'ulimit -v "$1" && ulimit -t "$2" && ulimit -c 0 && shift 2 && exec "$@"';

export interface Program {
  readonly output: Readable;
  /** The fourth descriptor, for what is told beside the output. */
  readonly side: Readable;
  readonly process: ChildProcess;
  /** Resolves when the program has ended. */
  readonly ended: Promise<{ readonly isFound: boolean; readonly isClean: boolean }>;
}

/**
 * Starts `ffmpeg` or `ffprobe` with the clip as its input.
 *
 * The demuxer is fixed, so nothing is guessed from the file's contents: no playlist, no list of other files. Nothing
 * but this file and pipes can be opened. Memory and processor time end by the kernel's hand.
 */
export function startProgram(
  name: 'ffmpeg' | 'ffprobe',
  file: VideoFile,
  options: { readonly after: readonly string[]; readonly limits: VideoLimits },
): Program {
  const { after, limits } = options;
  const addressSpace = Math.ceil((ADDRESS_SPACE_BASE + limits.memoryBytesMax) / 1024);
  const seconds = Math.ceil(limits.deadlineMs / 1000);
  const bounds = ['-c', BOUNDED, 'sh', `${addressSpace}`, `${seconds}`];
  const child = spawn('sh', [...bounds, name, ...inputArguments(name, file, limits), ...after], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise<{ isFound: boolean; isClean: boolean }>((resolve) => {
    child.once('error', () => resolve({ isFound: false, isClean: false }));
    // 126 and 127 are the shell's: the program cannot be run, or is not there.
    child.once('close', (code) => resolve({ isFound: code !== 126 && code !== 127, isClean: code === 0 }));
  });
  return { output: child.stdout as Readable, side: child.stdio[3] as Readable, process: child, ended };
}

function inputArguments(name: 'ffmpeg' | 'ffprobe', file: VideoFile, limits: VideoLimits): readonly string[] {
  const demuxer = file.container === 'mp4' ? 'mov' : 'matroska';
  return [
    ...['-v', 'quiet', '-hide_banner'],
    // With this bound ffprobe would not tell how large the frames are.
    ...(name === 'ffmpeg' ? ['-nostdin', '-threads', '1', '-max_pixels', `${limits.pixelsMax}`] : []),
    ...['-protocol_whitelist', 'file,pipe', '-f', demuxer],
    ...['-i', `file:${file.path}`],
  ];
}

/**
 * All that a program prints.
 *
 * @returns undefined when the program is not installed.
 * @throws EngineError `image-unreadable` when it ends with an error.
 */
export async function outputOf(program: Program): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  program.side.resume();
  for await (const piece of program.output) pieces.push(piece as Buffer);
  const { isFound, isClean } = await program.ended;
  if (!isFound) return undefined;
  if (!isClean) throw new EngineError('image-unreadable', 'The clip is broken or cut short.');
  return Buffer.concat(pieces).toString('latin1');
}
