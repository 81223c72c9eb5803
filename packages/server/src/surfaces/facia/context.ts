import type { Service } from '../../domain/service.ts';
import type { SurfaceTools } from '../../http/surface.ts';
import type { Gate } from './gate.ts';

export interface FaciaOptions {
  /** Put before every path. @default '' */
  readonly prefix: string;
  /** How long an access token holds. */
  readonly tokenSeconds: number;
  /** Whether /status takes an access token in place of a client secret. */
  readonly statusAcceptsBearer: boolean;
  /** Largest encoded picture, bytes. */
  readonly imageBytesMax: number;
  /** Largest body, bytes. */
  readonly bodyBytesMax: number;
  /** Where callers reach the server, without a slash at the end. @default where the request was sent to */
  readonly publicUrl?: string;
}

export interface FaciaParts {
  readonly service: Service;
  readonly tools: SurfaceTools;
  readonly options: FaciaOptions;
}

export interface FaciaContext extends FaciaParts {
  readonly gate: Gate;
}
