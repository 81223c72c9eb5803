import type { Logger } from 'pino';
import type { ChosenPack } from './adapters/engine/open-engine.ts';
import { createMemoryGallery } from './adapters/memory-index/gallery.ts';
import { systemClock } from './adapters/system/clock.ts';
import type { createClosers } from './closers.ts';
import type { openStore, StoreOpening } from './compose-store.ts';
import type { Config } from './config/schema.ts';
import { createFollower } from './domain/identification/follower.ts';
import { loadGallery } from './domain/identification/load-gallery.ts';

interface GalleryOpening extends Pick<StoreOpening, 'say'> {
  readonly logger: Logger;
  readonly closers: ReturnType<typeof createClosers>;
  readonly pack: ChosenPack;
}

/** The gallery of a store in memory, kept like it from now on. */
export async function openGallery(
  config: Config,
  { changeLog, keys, startOpener }: Awaited<ReturnType<typeof openStore>>,
  { logger, say, closers, pack }: GalleryOpening,
) {
  const { packId, templateDimension } = pack.summary;
  const gallery = createMemoryGallery({ dimension: templateDimension, threads: config.searchThreads });
  closers.add(() => gallery.close());
  const follower = createFollower({
    changeLog,
    keys,
    startOpener,
    gallery,
    clock: systemClock,
    packId,
    onFailure: (error) => logger.warn({ err: error }, 'a change of the gallery could not be read'),
  });
  await loadGallery({ changeLog, follower, packId, say });
  closers.add(await follower.start());
  return { gallery, follower };
}
