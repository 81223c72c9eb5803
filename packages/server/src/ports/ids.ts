export interface Ids {
  /** A new unguessable name, at least 122 random bits, of letters, digits and hyphens. */
  next(): string;
}
