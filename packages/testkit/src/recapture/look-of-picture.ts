import { type Look, lookOf } from './look.ts';
import { readPicture } from './read-picture.ts';

/** The global statistics of an encoded picture. */
export const lookOfPicture = async (bytes: Uint8Array): Promise<Look> => lookOf(await readPicture(bytes));
