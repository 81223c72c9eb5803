import type { Service } from '../../domain/service.ts';
import type { SurfaceTools } from '../../http/surface.ts';
import type { Gate } from './gate.ts';
import type { PictureSources } from './translate/to-image.ts';

interface VerihubsOptions {
  /** Put before every path. @default '' */
  readonly prefix: string;
  /** Largest encoded picture of the server, bytes; the vendor's own limit holds beside it. */
  readonly imageBytesMax: number;
}

export interface VerihubsParts {
  readonly service: Service;
  readonly tools: SurfaceTools;
  readonly options: VerihubsOptions;
}

export interface VerihubsContext extends VerihubsParts {
  readonly gate: Gate;
}

/** @param signal  of the request. */
export const pictureSources = (
  { tools: { fetchImage }, options: { imageBytesMax } }: VerihubsParts,
  signal: AbortSignal,
): PictureSources => ({ imageBytesMax, signal, ...(fetchImage && { fetchImage }) });
