import { createInterface } from 'node:readline';
import type { VideoLimits } from '../../engine.ts';
import { EngineError } from '../../vocabulary/errors.ts';
import type { VideoFacts } from '../../vocabulary/video.ts';
import type { VideoFile } from '../container.ts';
import { checkFrameCount } from '../limits.ts';
import type { FrameList } from '../video-source.ts';
import { outputOf, startProgram } from './ffmpeg-program.ts';

/** A header as ffprobe words it. */
export interface ProbedHeader {
  /** FFmpeg's name of the codec. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly rotation: VideoFacts['rotation'];
  readonly durationSeconds: number | undefined;
  /** Of the header's list of frames, those left out by an edit included. */
  readonly listed: number | undefined;
}

interface Printed {
  readonly streams?: readonly {
    readonly codec_name?: string;
    readonly width?: number;
    readonly height?: number;
    readonly duration?: string;
    readonly nb_frames?: string;
    readonly side_data_list?: readonly { readonly rotation?: number }[];
  }[];
  readonly format?: { readonly duration?: string };
}

const ENTRIES = 'stream=codec_name,width,height,duration,nb_frames:stream_side_data=rotation:format=duration';

/**
 * @returns undefined when ffprobe is not installed.
 * @throws EngineError `image-unreadable`; `unsupported-media` for a file without pictures.
 */
export async function probeHeader(file: VideoFile, limits: VideoLimits): Promise<ProbedHeader | undefined> {
  const after = ['-select_streams', 'v:0', '-show_entries', ENTRIES, '-of', 'json'];
  const text = await outputOf(startProgram('ffprobe', file, { after, limits }));
  return text === undefined ? undefined : parseHeader(text);
}

/** @throws EngineError `unsupported-media` when no stream of pictures was printed. */
export function parseHeader(text: string): ProbedHeader {
  const { streams, format } = JSON.parse(text) as Printed;
  const stream = streams?.[0];
  if (!stream) throw new EngineError('unsupported-media', 'The file holds no pictures.');
  // Negative numbers turn clockwise here.
  const turn = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  return {
    codec: stream.codec_name ?? '',
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    rotation: ((((Math.round(-turn / 90) * 90) % 360) + 360) % 360) as VideoFacts['rotation'],
    durationSeconds: numberOf(stream.duration ?? format?.duration),
    listed: numberOf(stream.nb_frames),
  };
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * Counts the packets whose frames are shown.
 *
 * @throws EngineError `payload-too-large` beyond the limit.
 */
export async function countFrames(
  file: VideoFile,
  listed: number | undefined,
  limits: VideoLimits,
): Promise<FrameList> {
  const after = ['-select_streams', 'v:0', '-show_entries', 'packet=flags', '-of', 'csv=p=0'];
  const program = startProgram('ffprobe', file, { after, limits });
  program.side.resume();
  let [shown, left] = [0, 0];
  try {
    for await (const flags of createInterface({ input: program.output })) {
      if (flags.includes('D')) left += 1;
      else shown += 1;
      checkFrameCount(shown + left, limits);
    }
  } finally {
    program.process.kill('SIGKILL');
    await program.ended;
  }
  // Where the file ends inside a packet, the packet is given as far as it goes.
  const present = file.endsEarly ? Math.max(0, shown - 1) : shown;
  return { present, listed: Math.max(present, (listed ?? 0) - left) };
}
