import type {
  AnalysedImage,
  AnalysedVideo,
  AnalysisRequest,
  Calibration,
  PackSummary,
  VideoAnalysisRequest,
} from '@facegate/engine/vocabulary';

/** Pictures and clips in, faces and templates out. */
export interface FaceProcessor {
  readonly pack: PackSummary;
  readonly calibration: Calibration;
  /**
   * Finds the faces of one picture and computes what was asked of them.
   *
   * Deterministic; independent of other calls. Without a face the list is empty.
   *
   * @param bytes  an encoded picture. The processor may take it over: the caller must not use it afterwards.
   * @throws FaceError `image-empty`, `unsupported-media`, `payload-too-large`, `image-unreadable` for the picture;
   *   `overloaded`, `timeout` (when `signal` fires), `model-missing`, `internal` for the request.
   */
  process(bytes: Uint8Array, request: AnalysisRequest, signal?: AbortSignal): Promise<AnalysedImage>;
  /**
   * Finds the faces in frames sampled from a clip and computes what was asked of them.
   *
   * @param path  a file. Not changed; may be removed afterwards.
   * @throws FaceError as `process`, and `video-unsupported`.
   */
  processVideo(path: string, request: VideoAnalysisRequest, signal?: AbortSignal): Promise<AnalysedVideo>;
  /**
   * Whether a picture can be decoded at all: nothing is looked for in it.
   *
   * @param picture  encoded bytes, neither kept nor changed; or the path of a file, read when its turn has come.
   * @throws FaceError as `process`.
   */
  inspect(picture: Uint8Array | string, signal?: AbortSignal): Promise<void>;
  /**
   * Whether a clip can be opened and is within the limits. One that passes may still be cut short.
   *
   * @throws FaceError as `processVideo`.
   */
  inspectVideo(path: string, signal?: AbortSignal): Promise<void>;
  /** Current load. */
  load(): ProcessorLoad;
}

export interface ProcessorLoad {
  /** Pictures that can be worked on at once. */
  readonly workers: number;
  readonly running: number;
  readonly waiting: number;
}
