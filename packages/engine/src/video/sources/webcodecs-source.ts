import type { InputVideoTrack, VideoSample } from 'mediabunny';
import type { VideoLimits } from '../../engine.ts';
import { type RgbImage, rgbImage } from '../../image/rgb-image.ts';
import { turnRgb } from '../../image/turn.ts';
import { EngineError } from '../../vocabulary/errors.ts';
import type { VideoFile } from '../container.ts';
import { checkFrameCount, checkFrameSides } from '../limits.ts';
import {
  CODECS,
  type DecodedFrame,
  type FrameList,
  type OpenedVideo,
  type SeenFrames,
  type VideoSource,
} from '../video-source.ts';

type Mediabunny = typeof import('mediabunny');

/** Sums of frame durations stop this short of zero where an edit list starts the clip, s. */
const BEFORE_START = 1e-6;

/** The optional packages mediabunny (demuxers) and @napi-rs/webcodecs (FFmpeg's decoders, linked into this process). */
export const webcodecsSource: VideoSource = {
  open: async (file, limits) => {
    const library = await loadLibrary();
    return library && openTrack(library, file, limits);
  },
};

/** The published types of frames do not know of this option yet. */
const AS_RGBA: object = { format: 'RGBA' };

/** Not a literal: the sources compile where the package has been left out for its licence. */
const DECODERS: string = '@napi-rs/webcodecs/polyfill';

/** Both or neither. The second puts its decoders where the first looks for a browser's. */
async function loadLibrary(): Promise<Mediabunny | undefined> {
  try {
    await import(DECODERS);
    return await import('mediabunny');
  } catch {
    return undefined;
  }
}

async function openTrack(
  library: Mediabunny,
  file: VideoFile,
  limits: VideoLimits,
): Promise<OpenedVideo | undefined> {
  const { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } = library;
  const formats = file.container === 'mp4' ? [MP4, QTFF] : [WEBM, MATROSKA];
  const input = new Input({ source: new FilePathSource(file.path), formats });
  const track = await readable(input.getPrimaryVideoTrack());
  if (!track) throw new EngineError('unsupported-media', 'The file holds no pictures.');
  const codec = CODECS[(await track.getCodec()) ?? ''];
  if (!codec || (await track.getFlip()) || !(await track.canDecode())) {
    input.dispose();
    return undefined;
  }
  const rotation = await track.getRotation();
  const [across, down] = [await track.getCodedWidth(), await track.getCodedHeight()];
  const isOnSide = rotation === 90 || rotation === 270;
  return {
    declared: {
      codec,
      width: isOnSide ? down : across,
      height: isOnSide ? across : down,
      rotation,
      durationSeconds: await readable(durationOf(track)),
    },
    listFrames: () => readable(listFrames(library, track, limits)),
    frames: (positions) => decodeFrames(library, track, { positions, rotation, limits }),
    close: async () => input.dispose(),
  };
}

async function durationOf(track: InputVideoTrack): Promise<number> {
  return (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
}

/** The library's own errors say what is wrong with the file, which is all that is to be known. */
async function readable<Answer>(reading: Promise<Answer>): Promise<Answer> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('image-unreadable', 'The clip is broken or cut short.', { cause });
  }
}

async function listFrames(
  { EncodedPacketSink }: Mediabunny,
  track: InputVideoTrack,
  limits: VideoLimits,
): Promise<FrameList> {
  const count = async (metadataOnly: boolean): Promise<number> => {
    let frames = 0;
    const packets = new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly });
    for await (const { timestamp } of packets) {
      if (timestamp >= -BEFORE_START) frames += 1;
      checkFrameCount(frames, limits);
    }
    return frames;
  };
  const listed = await count(true);
  return { listed, present: await count(false) };
}

interface Wanted {
  readonly positions: readonly number[];
  readonly rotation: 0 | 90 | 180 | 270;
  readonly limits: VideoLimits;
}

/** A decoder that meets damage may lose all that it had decoded before; seldom twice. */
const BEGINNINGS_MAX = 3;

/** Begins anew where not one frame came, and so none was given out. */
async function* decodeFrames(
  library: Mediabunny,
  track: InputVideoTrack,
  wanted: Wanted,
): AsyncGenerator<DecodedFrame, SeenFrames> {
  for (let beginning = 1; ; beginning++) {
    const seen = yield* decodeOnce(library, track, wanted);
    if (seen.count > 0 || beginning === BEGINNINGS_MAX) return seen;
  }
}

async function* decodeOnce(
  { VideoSampleSink }: Mediabunny,
  track: InputVideoTrack,
  { positions, rotation, limits }: Wanted,
): AsyncGenerator<DecodedFrame, SeenFrames> {
  const wanted = new Set(positions);
  let count = 0;
  let firstSeconds = 0;
  let lastSeconds = 0;
  for await (const sample of untilBroken(new VideoSampleSink(track).samples())) {
    try {
      if (sample.timestamp < -BEFORE_START) continue;
      if (count === 0) firstSeconds = sample.timestamp;
      lastSeconds = sample.timestamp;
      if (wanted.has(count)) {
        const image = turnRgb(await toRgb(sample, limits), rotation);
        yield { timestampSeconds: lastSeconds - firstSeconds, image };
      }
      count += 1;
    } finally {
      sample.close();
    }
  }
  return { count, firstSeconds, lastSeconds };
}

/** What was decoded before the break counts; how much that is, is told by the number of frames. */
async function* untilBroken(samples: AsyncIterable<VideoSample>): AsyncGenerator<VideoSample> {
  const iterator = samples[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch(() => undefined);
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** A stream may change its size on the way, or be of another than its container says. */
async function toRgb(sample: VideoSample, limits: VideoLimits): Promise<RgbImage> {
  const { width, height } = sample.visibleRect;
  checkFrameSides({ width, height }, limits);
  const rgba = new Uint8Array(sample.allocationSize(AS_RGBA));
  await sample.copyTo(rgba, AS_RGBA);
  const pixels = new Uint8Array(3 * width * height);
  for (let p = 0, q = 0; p < pixels.length; p += 3, q += 4) {
    pixels[p] = rgba[q]!;
    pixels[p + 1] = rgba[q + 1]!;
    pixels[p + 2] = rgba[q + 2]!;
  }
  return rgbImage(width, height, pixels);
}
