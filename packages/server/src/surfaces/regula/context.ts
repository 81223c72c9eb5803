import type { FastifyRequest } from 'fastify';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { Service } from '../../domain/service.ts';
import type { SurfaceTools } from '../../http/surface.ts';
import type { Scenarios } from './translate/scenarios.ts';
import type { PictureSources } from './translate/to-picture.ts';

interface RegulaOptions {
  /** Put before every path. @default '' */
  readonly prefix: string;
  /** `open`: no key is asked for. */
  readonly access: 'open' | 'key';
  /** Largest encoded picture, bytes. */
  readonly imageBytesMax: number;
  /** Images of one ImageSource in a match request. Minimum: 1. @default 2, the vendor's */
  readonly imagesPerTypeMax: number;
  /** Largest distance of a search that names none, 0..4. @default 1, the vendor's */
  readonly searchThreshold: number;
  /** Most persons for one face in a search that names no limit. @default 100, the vendor's */
  readonly searchLimit: number;
  /** Of the operator, beside the vendor's. */
  readonly scenarios: Scenarios;
  /** Whether ping, health and readiness answers name the product and its version. */
  readonly systemInfo: boolean;
  /** Of this server. */
  readonly version: string;
}

export interface RegulaParts {
  readonly service: Service;
  readonly tools: SurfaceTools;
  readonly options: RegulaOptions;
}

export interface RegulaContext extends RegulaParts {
  /** Whose persons, images and groups a request is about. */
  accountOf(request: FastifyRequest): AccountId;
}

/** @param signal  of the request. */
export const pictureSources = (
  { tools: { fetchImage }, options: { imageBytesMax } }: RegulaContext,
  signal: AbortSignal,
): PictureSources => ({ imageBytesMax, signal, ...(fetchImage && { fetchImage }) });
