/**
 * Simulated presentation attacks: photographs of prints and screens, made from photographs.
 *
 * @module
 */
export { isPadded } from './is-padded.ts';
export type { Look } from './look.ts';
export { lookOfPicture } from './look-of-picture.ts';
export { readPicture } from './read-picture.ts';
export { type Presentation, recapture } from './recapture.ts';
