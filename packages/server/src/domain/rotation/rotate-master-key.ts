import type { AuditLog } from '../../ports/audit-log.ts';
import type { Keys } from '../../ports/keys.ts';
import type { MasterKeys } from '../../ports/master-keys.ts';
import type { Records, SealedDataKey } from '../../ports/records.ts';
import { chainOf, resealTrailKey } from '../audit/open-trail.ts';

/** Subjects of one transaction. */
const BATCH = 1000;
/** Whoever else changes the master keys waits. */
const NAME = 'master key';

export interface RotationParts {
  readonly records: Records;
  readonly keys: Keys;
  readonly masterKeys: MasterKeys;
  /** Its key is sealed by the master key, too. */
  readonly auditLog: AuditLog;
}

export interface RotationWatch {
  /** Told of data keys looked at and, of these, sealed anew so far, after each batch. */
  readonly onProgress?: (looked: number, resealed: number) => void;
  /** Ends the rotation between two batches; another one goes on with it. */
  readonly signal?: AbortSignal | undefined;
}

export interface Rotation {
  /** Data keys that this call sealed anew. */
  readonly resealed: number;
  /** Ids of subjects whose data key does not open. While there is one the earlier master keys are kept. */
  readonly unopened: readonly string[];
}

/** Why the master key cannot be replaced, in the operator's words. */
class RotationError extends Error {
  override readonly name = 'RotationError';
}

/**
 * Replaces the master key: seals every subject's data key and the audit trail's key anew and drops the earlier master keys. Whenever it is cut
 * short all data keys open with the keys that are kept, and another call goes on from there.
 *
 * Servers may run meanwhile. One that does not learn of the new key cannot insert a subject under an earlier one once
 * that is retired, so nothing can be sealed by it after the last look.
 *
 * @throws RotationError, FaceError `unavailable`, and the reason of `signal` when it is aborted.
 * @cost   reads all data keys twice.
 */
export async function rotateMasterKey(parts: RotationParts, watch: RotationWatch = {}): Promise<Rotation> {
  const { records, masterKeys } = parts;
  await refuseForeignStore(parts);
  await alone(records, () => masterKeys.introduce());
  await refuseRetiredKey(parts);
  const first = await resealAll(parts, watch);
  if (first.unopened.length > 0) return first;
  const earlier = masterKeys.earlier();
  await records.transaction((transaction) => transaction.retireMasterKeys(earlier));
  // Sealed by servers that did not know of the new key yet; there will be no more of them.
  const late = await resealAll(parts, { signal: watch.signal });
  if (late.unopened.length === 0) await alone(records, () => masterKeys.drop(earlier));
  return { resealed: first.resealed + late.resealed, unopened: late.unopened };
}

/** A master key that opens nothing is another store's; sealing with its successor would help nobody. */
async function refuseForeignStore({ records, keys, auditLog }: RotationParts): Promise<void> {
  await refuseForeignTrail(auditLog, keys);
  const page = await records.sealedDataKeys(0, BATCH);
  if (page.length === 0 || page.some((sealed) => tryReseal(keys, sealed) !== undefined)) return;
  throw new RotationError('The data keys do not open with this master key. Put back the right one.');
}

async function refuseForeignTrail(auditLog: AuditLog, keys: Keys): Promise<void> {
  const trail = await auditLog.trail();
  try {
    if (trail !== undefined) chainOf(keys, trail);
  } catch (cause) {
    const reason = 'The key of the audit trail does not open with this master key. Put back the right one.';
    throw new RotationError(reason, { cause });
  }
}

async function refuseRetiredKey({ records, masterKeys }: RotationParts): Promise<void> {
  const current = Buffer.from(masterKeys.current());
  if (!(await records.retiredMasterKeys()).some((id) => current.equals(id))) return;
  throw new RotationError('The new master key was in use before and has been replaced. Make another.');
}

/** @throws what `work` throws, as it is: the store would take it for its own failure. */
async function alone(records: Records, work: () => Promise<void>): Promise<void> {
  const result = await records.transaction(async (transaction) => {
    await transaction.hold(NAME);
    const [settled] = await Promise.allSettled([work()]);
    return settled;
  });
  if (result.status === 'rejected') throw result.reason;
}

async function resealAll(parts: RotationParts, { onProgress, signal }: RotationWatch): Promise<Rotation> {
  await resealTrailKey({ log: parts.auditLog, keys: parts.keys });
  const unopened: string[] = [];
  let resealed = 0;
  let looked = 0;
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const page = await parts.records.sealedDataKeys(after, BATCH);
    resealed += await resealPage(parts, page, (subjectId) => unopened.push(subjectId));
    looked += page.length;
    if (page.length > 0) onProgress?.(looked, resealed);
    after = page.at(-1)?.subjectNumber ?? after;
    if (page.length < BATCH) return { resealed, unopened };
  }
}

async function resealPage(
  { records, keys }: RotationParts,
  page: readonly SealedDataKey[],
  onUnopened: (subjectId: string) => void,
): Promise<number> {
  const changes = page.flatMap((sealed) => {
    if (keys.isSealedByCurrent(sealed.sealedDataKey)) return [];
    const after = tryReseal(keys, sealed);
    if (after !== undefined) return [{ ...sealed, before: sealed.sealedDataKey, after }];
    onUnopened(sealed.subjectId);
    return [];
  });
  if (changes.length === 0) return 0;
  return records.transaction((transaction) => transaction.replaceSealedDataKeys(changes));
}

/** @returns undefined when the data key does not open. */
function tryReseal(keys: Keys, { account, subjectId, sealedDataKey }: SealedDataKey): Uint8Array | undefined {
  const context = { account, id: subjectId, kind: 'data-key' } as const;
  try {
    return keys.sealDataKey(keys.openDataKey(sealedDataKey, context), context);
  } catch {
    return undefined;
  }
}
