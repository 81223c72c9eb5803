import type { AnalysedImage, AnalysisRequest, Resize } from './analysis.ts';
import type { Injection } from './injection.ts';

/** Told by the first bytes: ISO base media (MP4, QuickTime, 3GP, fragmented or not), or Matroska (WebM). */
export type VideoContainer = 'mp4' | 'webm';

export type VideoCodec = 'h264' | 'hevc' | 'vp8' | 'vp9' | 'av1' | 'mpeg4';

/** What a clip declares of itself and what of it could be seen. */
export interface VideoFacts {
  readonly container: VideoContainer;
  readonly codec: VideoCodec;
  /** px, of upright frames. */
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise by which stored frames were turned to be upright. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** As declared; where nothing is declared, as far as the file reaches. */
  readonly durationSeconds: number;
  /** As listed in the header; where nothing is listed, what the duration holds at the rate of the frames seen. */
  readonly framesExpected: number;
  /** Frames that could be decoded, 1 or more. */
  readonly framesSeen: number;
  /** False when the file ends before its own contents do, or when frames are missing that it announces. */
  readonly isWhole: boolean;
}

/** What a caller wants of each sampled frame. Frames are analysed as they are, never resized or compressed anew. */
export interface VideoAnalysisRequest extends Omit<AnalysisRequest, 'resize'> {
  /**
   * Frames to analyse, spread evenly over the clip, the first and the last among them.
   *
   * Minimum: 2. Maximum: 64.
   * @default 12
   */
  readonly samples?: number;
  /** A picture of each frame that is analysed, for people to look at. */
  readonly pictures?: Resize;
}

/** One frame of a clip. Coordinates are in pixels of the upright frame. */
export interface AnalysedFrame extends Omit<AnalysedImage, 'mediaType' | 'resized'> {
  /** Since the first frame of the clip. */
  readonly timestampSeconds: number;
  /** JPEG, no metadata; present when pictures were asked. */
  readonly picture?: Uint8Array;
}

export interface AnalysedVideo {
  readonly facts: VideoFacts;
  /** In the order of the clip, 1 or more. */
  readonly frames: readonly AnalysedFrame[];
  /**
   * Of the first face of each frame, all frames together, each signal by its mean; present when `injection` was asked and
   * a frame has a face.
   */
  readonly injection?: Injection;
}
