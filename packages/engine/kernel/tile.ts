/** How eight rows lie together: see `scan.ts`. */

/** Steps and errors of a tile's rows, in bytes. */
export const SCALES_BYTES: usize = 64;
/** From a tile's steps to its errors. */
export const ERRORS: usize = 32;
/** Codes of a row that lie together, in bytes. */
export const LINE: usize = 64;
