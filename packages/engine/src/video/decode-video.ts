import type { VideoDecoder, VideoLimits } from '../engine.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { VideoFacts } from '../vocabulary/video.ts';
import { chooseFrames } from './choose-frames.ts';
import { completenessOf } from './completeness.ts';
import { readContainer, type VideoFile } from './container.ts';
import { checkDeclared } from './limits.ts';
import { ffmpegSource } from './sources/ffmpeg-source.ts';
import { webcodecsSource } from './sources/webcodecs-source.ts';
import type { DecodedFrame, FrameList, OpenedVideo, VideoSource } from './video-source.ts';

/** What the decoder process is started for. */
export interface DecodingTask {
  readonly path: string;
  /** Frames to give, 2 or more; 0 when all that is asked is whether the clip can be opened. */
  readonly samples: number;
  readonly decoder: VideoDecoder;
  /** Where `ffmpeg` and `ffprobe` are looked for, separated by colons. */
  readonly programFolders: string;
  readonly limits: VideoLimits;
}

const SOURCES: Readonly<Record<VideoDecoder, readonly VideoSource[]>> = {
  auto: [webcodecsSource, ffmpegSource],
  webcodecs: [webcodecsSource],
  ffmpeg: [ffmpegSource],
  off: [],
};

/**
 * One clip from a file to sampled frames, upright: container by its first bytes, caps by its header and its list of
 * frames, and only then the decoder.
 *
 * @returns what is known once all has been seen.
 * @throws EngineError `unsupported-media`, `video-unsupported`, `payload-too-large`, `image-unreadable`.
 */
export async function* decodeVideo(task: DecodingTask): AsyncGenerator<DecodedFrame, VideoFacts> {
  const file = await readContainer(task.path);
  const { video, list } = await openVideo(file, task);
  try {
    const seen = yield* video.frames(chooseFrames(list.present, task.samples));
    if (seen.count === 0) throw new EngineError('image-unreadable', 'No frame of the clip could be decoded.');
    const { durationSeconds, ...declared } = video.declared;
    return {
      container: file.container,
      ...declared,
      durationSeconds: durationSeconds ?? seen.lastSeconds - seen.firstSeconds,
      ...completenessOf(file, seen, { list, durationSeconds }),
    };
  } finally {
    await video.close();
  }
}

/**
 * Reads the header and the list of frames and decodes nothing.
 *
 * @throws EngineError as `decodeVideo`, for whatever is known before a frame is decoded.
 */
export async function checkVideo(task: DecodingTask): Promise<void> {
  const { video } = await openVideo(await readContainer(task.path), task);
  await video.close();
}

/** The first source that is installed, reads the clip and finds frames in it. */
async function openVideo(
  file: VideoFile,
  { decoder, limits }: DecodingTask,
): Promise<{ video: OpenedVideo; list: FrameList }> {
  let isRead = false;
  for (const source of SOURCES[decoder]) {
    const video = await source.open(file, limits);
    if (!video) continue;
    isRead = true;
    checkDeclared(video.declared, limits);
    const list = await video.listFrames();
    if (list.present > 0) return { video, list };
    await video.close();
  }
  if (isRead) throw new EngineError('image-unreadable', 'The clip holds no frame.');
  throw new EngineError('video-unsupported', 'No decoder on this machine reads this clip.');
}
