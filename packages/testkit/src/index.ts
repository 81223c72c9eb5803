/**
 * Pictures that say what they contain, and an engine that reads it.
 *
 * @module
 */
export { clipOf } from './clip.ts';
export { createFakeEngine, type FakeEngineOptions } from './fake-engine.ts';
export { type DrawnFace, drawPicture, type PictureOptions } from './picture.ts';
