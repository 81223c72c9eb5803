import { gallery } from './0001-gallery.ts';
import { retiredMasterKeys } from './0002-retired-master-keys.ts';

/** In order, forward only. One that was released is never edited. */
export const MIGRATIONS = [gallery, retiredMasterKeys] as const;
