import type { Change, ChangeLog, LogPosition, SealedReference } from '../../ports/change-log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Gallery, GalleryReference } from '../../ports/gallery.ts';
import type { DataKey, Keys } from '../../ports/keys.ts';
import { errors } from '../errors.ts';

/** How often the log is read when nobody says that there is something new. */
const POLL_MS = 1000;
/** The log forgets lines after a day; who was away for half of that reads the gallery anew. */
const ABSENCE_MS_MAX = 43_200_000;

export interface FollowerParts {
  readonly changeLog: ChangeLog;
  readonly keys: Keys;
  readonly gallery: Gallery;
  readonly clock: Clock;
  /** Of the templates to search. */
  readonly packId: string;
  /** Told of failed readings; the next one tries again. */
  readonly onFailure: (error: unknown) => void;
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

async function readGallery(
  { changeLog, keys, gallery, packId, onFailure }: FollowerParts,
  onProgress: (loaded: number, all: number) => void,
): Promise<LogPosition> {
  const open = createTemplateOpener(keys);
  let loaded = 0;
  let all = 0;
  return changeLog.snapshot(packId, {
    expect: (references) => {
      all = references;
    },
    references: async (batch) => {
      // Where not even the first one opens it is not the reference that is broken: the key is not the store's.
      const [first] = batch;
      if (loaded === 0 && first !== undefined) open(first);
      gallery.add(openAll(batch, open, onFailure));
      loaded += batch.length;
      onProgress(loaded, all);
    },
    memberships: (batch) => {
      for (const { groupNumber, subjectNumber } of batch) gallery.addMember(groupNumber, subjectNumber);
    },
  });
}

type TemplateOpener = (reference: SealedReference) => GalleryReference;

/** One that does not open is told and left out; the others are searched all the same. */
function openAll(
  batch: readonly SealedReference[],
  open: TemplateOpener,
  onFailure: (error: unknown) => void,
): GalleryReference[] {
  return batch.flatMap((reference) => {
    try {
      return [open(reference)];
    } catch (error) {
      onFailure(error);
      return [];
    }
  });
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
  const open = createTemplateOpener(keys);
  for (const change of changes) {
    switch (change.kind) {
      case 'reference-present':
        if (!gallery.has(change.reference.number)) gallery.add(openAll([change.reference], open, onFailure));
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

/** References of one subject often come together: its key is opened once. */
function createTemplateOpener(keys: Keys): TemplateOpener {
  let opened: { readonly subjectId: string; readonly dataKey: DataKey } | undefined;
  return (reference) => {
    const { account, id, number, subjectId, subjectNumber } = reference;
    if (opened?.subjectId !== subjectId) {
      const context = { account, id: subjectId, kind: 'data-key' } as const;
      opened = { subjectId, dataKey: keys.openDataKey(reference.sealedDataKey, context) };
    }
    const template = keys.open(opened.dataKey, reference.sealedTemplate, { account, id, kind: 'template' });
    return { account, number, subjectNumber, values: floatsOf(template) };
  };
}

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** A view where the bytes lie as floats may, else a copy. */
function floatsOf({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array {
  if (byteOffset % FLOAT_BYTES === 0) return new Float32Array(buffer, byteOffset, byteLength / FLOAT_BYTES);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
