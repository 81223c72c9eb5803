import type { Blobs } from '../../ports/blobs.ts';
import type { Records } from '../../ports/records.ts';
import { errors } from '../errors.ts';
import type { EnrolmentParts } from './parts.ts';
import type { AccountId } from './records.ts';

/** Erases a subject with all that is kept of it. @throws FaceError `not-found`. */
export async function removeSubject(parts: EnrolmentParts, account: AccountId, id: string): Promise<void> {
  const blobIds = await parts.records.transaction((transaction) => transaction.removeSubject(account, id));
  if (blobIds === undefined) throw errors.notFound('person');
  await parts.catchUp();
  await erase(parts, blobIds);
}

/** Erases whom the caller knows by this name. @returns their ids. @throws FaceError `not-found`. */
export async function removeByExternalId(
  parts: EnrolmentParts,
  account: AccountId,
  externalId: string,
): Promise<readonly string[]> {
  const { bearers, blobIds } = await parts.records.transaction(async (transaction) => {
    const bearers = await transaction.claimExternalId(account, externalId);
    if (bearers.length === 0) throw errors.notFound('person');
    const removed: string[] = [];
    for (const id of bearers) removed.push(...((await transaction.removeSubject(account, id)) ?? []));
    return { bearers, blobIds: removed };
  });
  await parts.catchUp();
  await erase(parts, blobIds);
  return bearers;
}

/** Erases one reference. @throws FaceError `not-found`. */
export async function removeReference(
  parts: EnrolmentParts,
  account: AccountId,
  { subjectId, id }: { readonly subjectId: string; readonly id: string },
): Promise<void> {
  const blobIds = await parts.records.transaction((transaction) =>
    transaction.removeReference(account, subjectId, id),
  );
  if (blobIds === undefined) throw errors.notFound('image');
  await parts.catchUp();
  await erase(parts, blobIds);
}

/** Removes pictures that no record names any more. What fails now is noted in the store and done later. */
export async function erase(
  { blobs, records }: { readonly blobs: Blobs; readonly records: Pick<Records, 'confirmErasure'> },
  blobIds: readonly string[],
): Promise<void> {
  if (blobIds.length === 0) return;
  try {
    await Promise.all(blobIds.map((id) => blobs.remove(id)));
    await records.confirmErasure(blobIds);
  } catch {
    // The record and its key are gone: nobody can read the picture, and housekeeping comes back for it.
  }
}
