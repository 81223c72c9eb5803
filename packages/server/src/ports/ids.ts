export interface Ids {
  /** A new unguessable name, at least 122 random bits, of letters, digits and hyphens. */
  next(): string;
  /** A new UUID (version 7) that sorts after those made before it, by millisecond. */
  nextOrdered(): string;
}
