/** What is answered of persons, groups and images, key by key as the 6.4 OpenAPI has them. */

import type { WireBox, WirePoint } from './face.ts';

type WireMetadata = Readonly<Record<string, unknown>>;

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly metadata: WireMetadata;
  /** ISO 8601, UTC, as every date here. */
  readonly createdAt: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly metadata: WireMetadata;
  /** Ids. */
  readonly groups: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Seconds from creation; read by 6.4 clients. */
  readonly ttl: number | null;
  /** The same moment; read by 7.1 clients. */
  readonly expireAt: string | null;
}

export interface Image {
  readonly id: string;
  /** Of the bytes that are kept. */
  readonly contentType: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Names the picture within the store, whatever the store is. */
  readonly path: string;
  /** Where this server gives the picture, relative to its own address. */
  readonly url: string;
  readonly metadata: WireMetadata;
}

/** A picture that was found, best first. */
export interface RecognizeImage extends Image {
  /** 0..1. */
  readonly similarity: number;
  /** 0 = identical, as `score` in match. */
  readonly distance: number;
  /** Base64, with `withImages=true`; null where there was no room for it, or it has gone meanwhile. */
  readonly content?: string | null;
}

/** A face of the picture that was sent. */
export interface SearchDetection {
  readonly code: number;
  readonly msg: string;
  /** Position among the faces found, from 0. */
  readonly idx: number;
  readonly landmarks: readonly WirePoint[];
  readonly landmarksType: number;
  readonly detectorType: number;
  readonly roi: WireBox;
  readonly rotationAngle: number;
  /** Base64 JPEG, when a crop was asked. */
  readonly crop?: string;
  readonly originalRect?: WireBox;
  readonly versionSDK: string;
}

export interface RecognizedPerson extends Person {
  readonly images: readonly RecognizeImage[];
}

export interface SearchPerson extends RecognizedPerson {
  readonly detection: SearchDetection;
}
