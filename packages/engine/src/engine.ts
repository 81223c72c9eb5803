import type { AnalysedImage, AnalysisRequest, PackSummary } from './vocabulary/analysis.ts';
import type { Calibration } from './vocabulary/calibration.ts';
import type { AnalysedVideo, VideoAnalysisRequest } from './vocabulary/video.ts';

export interface EngineOptions {
  /** Folder of an installed pack: its `manifest.json` and ONNX files. */
  readonly packFolder: string;
  /**
   * Threads that decode, warp and run models, one picture each at a time.
   *
   * Minimum: 1.
   * @default one per processor core
   */
  readonly workers?: number;
  /**
   * Pictures that may wait for a free thread; one more is refused with `overloaded`.
   *
   * Minimum: 0.
   * @default 32 per worker
   */
  readonly queueMax?: number;
  readonly limits?: Partial<ImageLimits>;
  readonly video?: Partial<Omit<VideoOptions, 'limits'>> & { readonly limits?: Partial<VideoLimits> };
}

/** `auto`: the first of the others that is installed and reads the clip; `off`: none, every clip is refused. */
export type VideoDecoder = 'auto' | 'webcodecs' | 'ffmpeg' | 'off';

export interface VideoOptions {
  /** @default `auto` */
  readonly decoder: VideoDecoder;
  /**
   * Clips decoded at once, a process each; one more is refused with `overloaded`.
   *
   * Minimum: 1.
   * @default 2
   */
  readonly atOnce: number;
  /**
   * Where `ffmpeg` and `ffprobe` are looked for, separated by colons.
   *
   * @default the usual folders of Unix systems
   */
  readonly programFolders: string;
  readonly limits: VideoLimits;
}

/** Caps checked before any pixel is allocated. */
export interface ImageLimits {
  /** @default 31_457_280 (30 MiB) */
  readonly bytesMax: number;
  /** @default 12_000 px on one side */
  readonly sideMax: number;
  /** @default 40_000_000 pixels in all */
  readonly pixelsMax: number;
}

/** Caps on a clip, checked by its header and its list of frames before a frame is decoded; the last two while it is. */
export interface VideoLimits {
  /** @default 50_000_000 */
  readonly bytesMax: number;
  /** @default 60 */
  readonly secondsMax: number;
  /** @default 3_600 */
  readonly framesMax: number;
  /** @default as of images, px on one side */
  readonly sideMax: number;
  /** @default as of images, pixels of a frame */
  readonly pixelsMax: number;
  /** From the start of decoding to the last sampled frame, waiting for free threads included. @default 30_000 */
  readonly deadlineMs: number;
  /** What the decoder process, and each program it starts, may hold in memory. @default 1_610_612_736 (1.5 GiB) */
  readonly memoryBytesMax: number;
}

export interface Engine {
  readonly pack: PackSummary;
  readonly calibration: Calibration;
  /**
   * Finds the faces of one picture and computes what was asked of them.
   *
   * Deterministic: the same bytes and request give the same answer in every thread, run and process.
   *
   * @param bytes  an encoded picture (JPEG, PNG, WebP, TIFF, BMP, AVIF, HEIC). Not kept.
   * @param options.handOver  the caller is done with `bytes`: where they are all of their memory it is moved to the
   *   thread and they are empty afterwards, else they are copied. @default false: they are copied
   * @throws EngineError `image-empty`, `unsupported-media`, `payload-too-large`, `image-unreadable`, `overloaded`,
   *   `timeout` (when `signal` fires), `internal`.
   */
  analyse(
    bytes: Uint8Array,
    request: AnalysisRequest,
    options?: { signal?: AbortSignal; handOver?: boolean },
  ): Promise<AnalysedImage>;
  /**
   * Finds the faces in frames sampled from a clip and computes what was asked of them.
   *
   * The clip is decoded once, in a process of its own. Deterministic for one decoder; decoders differ by rounding.
   *
   * @param path  a file (MP4, QuickTime, WebM). Not changed; may be removed afterwards.
   * @throws EngineError `image-empty`, `unsupported-media`, `video-unsupported`, `payload-too-large`,
   *   `image-unreadable`, `invalid-request`, `overloaded`, `timeout` (by `signal` or the deadline), `internal`.
   */
  analyseVideo(
    path: string,
    request: VideoAnalysisRequest,
    options?: { signal?: AbortSignal },
  ): Promise<AnalysedVideo>;
  /**
   * Whether a picture can be decoded at all: nothing is looked for in it.
   *
   * @param picture  encoded bytes, not kept; or the path of a file, read when a thread is free.
   * @throws EngineError as `analyse`.
   * @cost   decoding alone; takes its turn among the pictures.
   */
  inspect(picture: Uint8Array | string, options?: { signal?: AbortSignal }): Promise<void>;
  /**
   * Whether a clip can be opened and is within the limits: its header and its list of frames are read, nothing is
   * decoded. A clip that passes may still be cut short.
   *
   * @throws EngineError as `analyseVideo`; `overloaded` by a bound of its own, as high as that of clips being decoded.
   */
  inspectVideo(path: string, options?: { signal?: AbortSignal }): Promise<void>;
  /** Current load, for metrics. */
  load(): { readonly workers: number; readonly running: number; readonly waiting: number };
  /** Finishes what runs, refuses what waits, ends the threads. */
  close(): Promise<void>;
}
