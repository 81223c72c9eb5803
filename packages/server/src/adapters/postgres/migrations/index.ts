import { gallery } from './0001-gallery.ts';

/** In order, forward only. One that was released is never edited. */
export const MIGRATIONS = [gallery] as const;
