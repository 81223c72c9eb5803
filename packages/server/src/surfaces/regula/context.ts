import type { Service } from '../../domain/service.ts';
import type { SurfaceTools } from '../../http/surface.ts';

interface RegulaOptions {
  /** Put before every path. @default '' */
  readonly prefix: string;
  /** Largest encoded picture, bytes. */
  readonly imageBytesMax: number;
  /** Images of one ImageSource in a match request. Minimum: 1. @default 2, the vendor's */
  readonly imagesPerTypeMax: number;
  /** Whether ping, health and readiness answers name the product and its version. */
  readonly systemInfo: boolean;
  /** Of this server. */
  readonly version: string;
}

export interface RegulaContext {
  readonly service: Service;
  readonly tools: SurfaceTools;
  readonly options: RegulaOptions;
}
