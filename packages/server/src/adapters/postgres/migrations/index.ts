import { gallery } from './0001-gallery.ts';
import { retiredMasterKeys } from './0002-retired-master-keys.ts';
import { audit } from './0003-audit.ts';

/** In order, forward only. One that was released is never edited. */
export const MIGRATIONS = [gallery, retiredMasterKeys, audit] as const;
