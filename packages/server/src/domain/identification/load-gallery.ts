import type { ChangeLog } from '../../ports/change-log.ts';
import type { Follower } from './follower.ts';

export interface GalleryLoading {
  readonly changeLog: ChangeLog;
  readonly follower: Follower;
  /** Of the templates to be searched. */
  readonly packId: string;
  /** To the person who starts the server. */
  readonly say: (line: string) => void;
}

/** Why the gallery cannot be searched, in the operator's words. */
class GalleryError extends Error {
  override readonly name = 'GalleryError';
}

/** Below this many references loading is over before a person could read about it. */
const WORTH_SAYING = 50_000;
/** References between two lines about the progress. */
const STEP = 250_000;

/**
 * Reads the gallery into memory, saying how far it is.
 *
 * @throws GalleryError when references have templates of another pack: a search would pass them over in silence.
 */
export async function loadGallery({ changeLog, follower, packId, say }: GalleryLoading): Promise<void> {
  await refuseForeignTemplates(changeLog, packId);
  let said = 0;
  await follower.load((loaded, all) => {
    if (all < WORTH_SAYING || (loaded - said < STEP && loaded < all)) return;
    said = loaded;
    say(`loading the gallery: ${loaded.toLocaleString('en')} of ${all.toLocaleString('en')} references`);
  });
}

async function refuseForeignTemplates(changeLog: ChangeLog, packId: string): Promise<void> {
  const foreign = [...(await changeLog.census())].filter(([id]) => id !== packId);
  if (foreign.length === 0) return;
  const counts = foreign.map(([id, count]) => `${count.toLocaleString('en')} of ${id}`).join(', ');
  const [[id = ''] = []] = foreign;
  throw new GalleryError(
    `The gallery holds references made with another model pack (${counts}); with ${packId} no search would find ` +
      `them. Start with FACEGATE_PACK=${id.split('@')[0]}, or with another data folder.`,
  );
}
