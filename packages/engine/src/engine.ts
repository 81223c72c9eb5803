import type { AnalysedImage, AnalysisRequest, PackSummary } from './vocabulary/analysis.ts';
import type { Calibration } from './vocabulary/calibration.ts';

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

export interface Engine {
  readonly pack: PackSummary;
  readonly calibration: Calibration;
  /**
   * Finds the faces of one picture and computes what was asked of them.
   *
   * Deterministic: the same bytes and request give the same answer in every thread, run and process.
   *
   * @param bytes  an encoded picture (JPEG, PNG, WebP, TIFF, BMP, AVIF, HEIC). Not kept.
   * @throws EngineError `image-empty`, `unsupported-media`, `payload-too-large`, `image-unreadable`, `overloaded`,
   *   `timeout` (when `signal` fires), `internal`.
   */
  analyse(
    bytes: Uint8Array,
    request: AnalysisRequest,
    options?: { signal?: AbortSignal },
  ): Promise<AnalysedImage>;
  /** Current load, for metrics. */
  load(): { readonly workers: number; readonly running: number; readonly waiting: number };
  /** Finishes what runs, refuses what waits, ends the threads. */
  close(): Promise<void>;
}
