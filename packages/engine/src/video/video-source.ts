import type { VideoLimits } from '../engine.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { VideoCodec, VideoFacts } from '../vocabulary/video.ts';
import type { VideoFile } from './container.ts';

/** A demuxer with its decoders. Runs in the decoder process only. */
export interface VideoSource {
  /**
   * Reads the header; decodes nothing.
   *
   * @returns undefined when this source is not installed here or does not read the clip's codec or geometry.
   * @throws EngineError `image-unreadable` for a broken header, `unsupported-media` for a file without pictures.
   */
  open(file: VideoFile, limits: VideoLimits): Promise<OpenedVideo | undefined>;
}

export interface OpenedVideo {
  readonly declared: DeclaredFacts;
  /**
   * Walks through the packets without decoding them.
   *
   * @throws EngineError `payload-too-large` as soon as there are more frames than the limits allow.
   */
  listFrames(): Promise<FrameList>;
  /**
   * Decodes the whole clip once, in the order in which it is shown, and gives the frames at these positions.
   *
   * One frame is held at a time: the next is prepared when the caller asks for it.
   *
   * @param positions  ascending, counted from 0.
   * @returns          how many frames could be decoded. Positions beyond them are left out.
   */
  frames(positions: readonly number[]): AsyncGenerator<DecodedFrame, SeenFrames>;
  close(): Promise<void>;
}

/** Before a frame is decoded. A recording that was streamed as it was made may declare no duration. */
export interface DeclaredFacts extends Pick<VideoFacts, 'codec' | 'width' | 'height' | 'rotation'> {
  readonly durationSeconds: number | undefined;
}

export interface FrameList {
  /** Frames whose bytes are in the file. */
  readonly present: number;
  /** Frames that the header lists, whether or not they are there. At least `present`. */
  readonly listed: number;
}

export interface DecodedFrame {
  /** Since the first frame. */
  readonly timestampSeconds: number;
  /** Upright. */
  readonly image: RgbImage;
}

/** Times are the clip's own. */
export interface SeenFrames {
  readonly count: number;
  readonly firstSeconds: number;
  readonly lastSeconds: number;
}

/** The decoders' many names for the codecs that are read. */
export const CODECS: Readonly<Record<string, VideoCodec>> = {
  avc: 'h264',
  h264: 'h264',
  hevc: 'hevc',
  vp8: 'vp8',
  vp9: 'vp9',
  av1: 'av1',
  mpeg4: 'mpeg4',
};
