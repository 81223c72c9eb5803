/** What is answered of persons, groups and images, key by key as the 6.4 OpenAPI has them. */

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
