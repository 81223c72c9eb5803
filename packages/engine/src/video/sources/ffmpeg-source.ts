import type { VideoLimits } from '../../engine.ts';
import { rgbImage } from '../../image/rgb-image.ts';
import type { VideoFile } from '../container.ts';
import { PieceReader } from '../piece-reader.ts';
import { CODECS, type DecodedFrame, type SeenFrames, type VideoSource } from '../video-source.ts';
import { startProgram } from './ffmpeg-program.ts';
import { countFrames, probeHeader } from './ffprobe.ts';
import { FrameTimes, TELL_FRAMES } from './frame-times.ts';

interface Wanted {
  readonly width: number;
  readonly height: number;
  readonly positions: readonly number[];
  readonly limits: VideoLimits;
}

/** The programs `ffmpeg` and `ffprobe`, 5.1 or later, as processes of their own. */
export const ffmpegSource: VideoSource = {
  open: async (file, limits) => {
    const header = await probeHeader(file, limits);
    const codec = header && CODECS[header.codec];
    if (!header || !codec) return undefined;
    const { rotation, durationSeconds, listed } = header;
    const isOnSide = rotation === 90 || rotation === 270;
    const width = isOnSide ? header.height : header.width;
    const height = isOnSide ? header.width : header.height;
    return {
      declared: { codec, width, height, rotation, durationSeconds },
      listFrames: () => countFrames(file, listed, limits),
      frames: (positions) => decodeFrames(file, { width, height, positions, limits }),
      close: async () => {},
    };
  },
};

async function* decodeFrames(file: VideoFile, wanted: Wanted): AsyncGenerator<DecodedFrame, SeenFrames> {
  const { width, height, positions, limits } = wanted;
  const program = startProgram('ffmpeg', file, { after: outputArguments(wanted), limits });
  const times = new FrameTimes(program.side);
  const pixels = new PieceReader(program.output);
  try {
    for (const position of positions) {
      const frame = await pixels.take(3 * width * height);
      const seconds = await times.at(position);
      if (!frame || seconds === undefined) break;
      const start = (await times.at(0)) ?? 0;
      yield { timestampSeconds: seconds - start, image: rgbImage(width, height, frame) };
    }
    const all = await times.all();
    return { count: all.length, firstSeconds: all[0] ?? 0, lastSeconds: all.at(-1) ?? 0 };
  } finally {
    program.process.kill('SIGKILL');
    await program.ended;
  }
}

/** Frames come upright, and of one size even where the stream changes its own. */
function outputArguments({ width, height, positions }: Wanted): readonly string[] {
  const chosen = positions.map((position) => `eq(n\\,${position})`).join('+');
  const filters = [TELL_FRAMES, `select='${chosen}'`, `scale=${width}:${height}`];
  return [
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-filter_threads', '1', '-vf', filters.join(',')],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
  ];
}
