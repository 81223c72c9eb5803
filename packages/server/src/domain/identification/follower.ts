import type { Change, ChangeLog, LogPosition } from '../../ports/change-log.ts';
import type { Clock } from '../../ports/clock.ts';
import { errors } from '../errors.ts';
import { createOpenTemplate } from './open-template.ts';
import { type GalleryReading, openReferences, readGallery } from './read-gallery.ts';

/** How often the log is read when nobody says that there is something new. */
const POLL_MS = 1000;
/** The log forgets lines after a day; who was away for half of that reads the gallery anew. */
const ABSENCE_MS_MAX = 43_200_000;

/** `onFailure` is told of failed readings too; the next one tries again. */
export interface FollowerParts extends GalleryReading {
  readonly clock: Clock;
}

/** Keeps the gallery in memory like the one in the store. */
export interface Follower {
  /**
   * Reads the whole gallery. Once, before anything else.
   *
   * @throws FaceError `internal` when a template does not open: the master key is not the store's.
   */
  load(onProgress: (loaded: number, all: number) => void): Promise<void>;
  /** Resolves when the gallery holds all that was committed before the call. Calls at one time share a reading. */
  catchUp(): Promise<void>;
  /**
   * Catches up if the last reading failed: afterwards a search misses nothing that was answered.
   *
   * @throws FaceError `unavailable` when it still cannot.
   */
  repair(): Promise<void>;
  /** Follows other nodes. @returns ends it. */
  start(): Promise<() => Promise<void>>;
}

export function createFollower(parts: FollowerParts): Follower {
  let position: LogPosition;
  let readAt = parts.clock.now().getTime();
  let isBehind = false;

  const load: Follower['load'] = async (onProgress) => {
    position = await readGallery(parts, onProgress);
    readAt = parts.clock.now().getTime();
  };
  const read = async (): Promise<void> => {
    const startedAt = parts.clock.now().getTime();
    try {
      if (startedAt - readAt > ABSENCE_MS_MAX) await load(() => {});
      else position = await readOn(parts, position);
      readAt = startedAt;
      isBehind = false;
    } catch (error) {
      isBehind = true;
      parts.onFailure(error);
    }
  };
  const catchUp = sharedRuns(read);
  return {
    load,
    catchUp,
    repair: async () => {
      if (isBehind) await catchUp();
      if (isBehind) throw errors.unavailable('the change log cannot be read');
    },
    start: () => follow(parts.changeLog, catchUp),
  };
}

/** Runs `work` again and again on demand, never twice at once: a call is served by a run that began after it. */
function sharedRuns(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running.then(() => {
      next = undefined;
      return run();
    });
    return next;
  };
}

async function follow(changeLog: ChangeLog, catchUp: () => Promise<void>): Promise<() => Promise<void>> {
  const hangUp = await changeLog.onWrite(() => void catchUp());
  const timer = setInterval(() => void catchUp(), POLL_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await hangUp();
    await catchUp();
  };
}

/** Applies everything behind a place. @returns the place to start from the next time. */
async function readOn(parts: FollowerParts, from: LogPosition): Promise<LogPosition> {
  let settled = from;
  let at = from;
  for (;;) {
    const page = await parts.changeLog.after(parts.packId, at);
    apply(parts, page.changes);
    // Lines that are not settled yet come again the next time.
    if (page.settled !== at) settled = page.settled;
    if (!page.more) return settled;
    at = page.next;
  }
}

function apply({ gallery, keys, onFailure }: FollowerParts, changes: readonly Change[]): void {
  const open = createOpenTemplate(keys);
  for (const change of changes) {
    switch (change.kind) {
      case 'reference-present':
        if (!gallery.has(change.reference.number))
          gallery.add(openReferences([change.reference], [], { open, onFailure }));
        break;
      case 'reference-absent':
        gallery.remove([change.referenceNumber]);
        break;
      case 'member-present':
        gallery.addMember(change.groupNumber, change.subjectNumber);
        break;
      case 'member-absent':
        gallery.removeMember(change.groupNumber, change.subjectNumber);
        break;
      case 'group-absent':
        gallery.removeGroup(change.groupNumber);
    }
  }
}
