import type { ChangeLog, LogPosition, SealedReference } from '../../ports/change-log.ts';
import type { Gallery, GalleryReference } from '../../ports/gallery.ts';
import type { Keys } from '../../ports/keys.ts';
import type { TemplateOpener } from '../../ports/template-opener.ts';
import { createOpenTemplate, type OpenTemplate } from './open-template.ts';

export interface GalleryReading {
  readonly changeLog: ChangeLog;
  readonly keys: Keys;
  /** For the templates of a large gallery. */
  readonly startOpener: () => TemplateOpener;
  readonly gallery: Gallery;
  /** Of the templates to read. */
  readonly packId: string;
  /** Told of references that do not open; they are left out. */
  readonly onFailure: (error: unknown) => void;
}

/** Fewer references are opened here before an opener is up. */
const WORTH_AN_OPENER = 4096;
/** Batches that are being opened while the next one is read. */
const BATCHES_AHEAD = 2;

/**
 * Reads everything that is enrolled into memory: while some references are opened, the next ones are read.
 *
 * @returns the place in the log to go on from.
 * @throws FaceError `internal` when not even the first template opens: the master key is not the store's.
 */
export async function readGallery(
  reading: GalleryReading,
  onProgress: (loaded: number, all: number) => void,
): Promise<LogPosition> {
  const { changeLog, keys, gallery, packId } = reading;
  const parts: OpeningParts = { ...reading, open: createOpenTemplate(keys), opener: undefined };
  const additions: Promise<void>[] = [];
  let loaded = 0;
  let all = 0;
  const add = async (batch: readonly SealedReference[]): Promise<void> => {
    gallery.add(await openBatch(batch, parts));
    loaded += batch.length;
    onProgress(loaded, all);
  };
  try {
    const position = await changeLog.snapshot(packId, {
      expect: (references) => {
        all = references;
        if (all >= WORTH_AN_OPENER) parts.opener = reading.startOpener();
      },
      references: async (batch) => {
        if (loaded === 0 && additions.length === 0) refuseWrongKey(batch, parts);
        const addition = add(batch);
        // Its failure is met when it is waited for.
        addition.catch(() => {});
        additions.push(addition);
        if (additions.length > BATCHES_AHEAD) await additions.shift();
      },
      memberships: (batch) => {
        for (const { groupNumber, subjectNumber } of batch) gallery.addMember(groupNumber, subjectNumber);
      },
    });
    await Promise.all(additions);
    return position;
  } finally {
    await parts.opener?.close();
  }
}

interface OpeningParts extends Pick<GalleryReading, 'onFailure'> {
  readonly open: OpenTemplate;
  opener: TemplateOpener | undefined;
}

/** Where not even the first one opens it is not the reference that is broken: the key is not the store's. */
function refuseWrongKey([first]: readonly SealedReference[], { open }: OpeningParts): void {
  if (first !== undefined) open(first);
}

const openBatch = async (batch: readonly SealedReference[], { opener, ...parts }: OpeningParts) =>
  openReferences(batch, (await opener?.open(batch)) ?? [], parts);

/**
 * One that does not open is told and left out; the others are searched all the same.
 *
 * @param opened values of those that were opened before.
 */
export function openReferences(
  batch: readonly SealedReference[],
  opened: readonly (Float32Array | undefined)[],
  { open, onFailure }: Pick<OpeningParts, 'open' | 'onFailure'>,
): GalleryReference[] {
  return batch.flatMap((reference, i) => {
    const { account, number, subjectNumber } = reference;
    try {
      return [{ account, number, subjectNumber, values: opened[i] ?? open(reference) }];
    } catch (error) {
      onFailure(error);
      return [];
    }
  });
}
