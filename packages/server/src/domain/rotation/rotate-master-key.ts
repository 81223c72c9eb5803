import type { AuditLog } from '../../ports/audit-log.ts';
import type { CaseRecords, SealedCaseKey } from '../../ports/case-records.ts';
import type { Keys, SealContext } from '../../ports/keys.ts';
import type { MasterKeys } from '../../ports/master-keys.ts';
import type { Records, SealedDataKey } from '../../ports/records.ts';
import type { ServiceKey, ServiceKeys } from '../../ports/service-keys.ts';
import { serviceKeyContext } from '../accounts/service-key.ts';
import { chainOf, resealTrailKey } from '../audit/open-trail.ts';
import { caseKeyContext } from '../cases/case-key.ts';

/** Subjects, or cases, of one transaction. */
const BATCH = 1000;
/** Whoever else changes the master keys waits. */
const NAME = 'master key';

export interface RotationParts {
  readonly records: Records;
  readonly serviceKeys: ServiceKeys;
  readonly cases: Pick<CaseRecords, 'sealedKeys' | 'replaceSealedKeys'>;
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
  /** Names of service keys that do not open. These keep the earlier master keys too. */
  readonly unopenedServiceKeys: readonly string[];
  /** References of cases whose key does not open: these, too. */
  readonly unopenedCases: readonly string[];
}

/** Why the master key cannot be replaced, in the operator's words. */
class RotationError extends Error {
  override readonly name = 'RotationError';
}

/**
 * Replaces the master key: seals the data keys of all subjects, services and cases and the audit trail's key anew and
 * drops the earlier master keys. Whenever it is cut short all data keys open with the keys that are kept, and another
 * call goes on from there.
 *
 * Servers may run meanwhile. One that does not learn of the new key cannot add a data key under an earlier one once
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
  if (!isWhole(first)) return first;
  const earlier = masterKeys.earlier();
  await records.transaction((transaction) => transaction.retireMasterKeys(earlier));
  // Sealed by servers that did not know of the new key yet; there will be no more of them.
  const late = await resealAll(parts, { signal: watch.signal });
  if (isWhole(late)) await alone(records, () => masterKeys.drop(earlier));
  return { ...late, resealed: first.resealed + late.resealed };
}

/** Whether nothing is left that needs an earlier master key. */
export const isWhole = ({ unopened, unopenedServiceKeys, unopenedCases }: Rotation): boolean =>
  unopened.length === 0 && unopenedServiceKeys.length === 0 && unopenedCases.length === 0;

/** A master key that opens nothing is another store's; sealing with its successor would help nobody. */
async function refuseForeignStore(parts: RotationParts): Promise<void> {
  const { records, serviceKeys, cases, keys, auditLog } = parts;
  await refuseForeignTrail(auditLog, keys);
  const page = await records.sealedDataKeys(0, BATCH);
  const ofCases = (await cases.sealedKeys(0, BATCH)).map(ofCase);
  const sealed = [...page.map(ofSubject), ...(await serviceKeys.all()).map(ofService), ...ofCases];
  if (sealed.length === 0 || sealed.some((one) => tryReseal(keys, one) !== undefined)) return;
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

async function resealAll(parts: RotationParts, watch: RotationWatch): Promise<Rotation> {
  await resealTrailKey({ log: parts.auditLog, keys: parts.keys });
  const services = await resealServiceKeys(parts);
  const cases = await resealCaseKeys(parts, watch);
  const subjects = await resealSubjectKeys(parts, watch);
  return {
    resealed: subjects.resealed + services.resealed + cases.resealed,
    unopened: subjects.unopened,
    unopenedServiceKeys: services.unopened,
    unopenedCases: cases.unopened,
  };
}

interface Resealing {
  readonly resealed: number;
  readonly unopened: readonly string[];
}

async function resealServiceKeys({ serviceKeys, keys }: RotationParts): Promise<Resealing> {
  const { changes, unopened } = resealEach(keys, await serviceKeys.all(), ofService);
  const resealed = await serviceKeys.replace(
    changes.map(({ of: { name, sealed }, after }) => ({ name, before: sealed, after })),
  );
  return { resealed, unopened: unopened.map(({ name }) => name) };
}

async function resealCaseKeys({ cases, keys }: RotationParts, { signal }: RotationWatch): Promise<Resealing> {
  const unopened: string[] = [];
  let resealed = 0;
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const page = await cases.sealedKeys(after, BATCH);
    const anew = resealEach(keys, page, ofCase);
    unopened.push(...anew.unopened.map(({ reference }) => reference));
    resealed += await cases.replaceSealedKeys(
      anew.changes.map(({ of: { caseNumber, sealedDataKey }, after: sealed }) => ({
        caseNumber,
        before: sealedDataKey,
        after: sealed,
      })),
    );
    after = page.at(-1)?.caseNumber ?? after;
    if (page.length < BATCH) return { resealed, unopened };
  }
}

async function resealSubjectKeys(
  { records, keys }: RotationParts,
  { onProgress, signal }: RotationWatch,
): Promise<Resealing> {
  const unopened: string[] = [];
  let resealed = 0;
  let looked = 0;
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const page = await records.sealedDataKeys(after, BATCH);
    const anew = resealEach(keys, page, ofSubject);
    unopened.push(...anew.unopened.map(({ subjectId }) => subjectId));
    const changes = anew.changes.map((change) => ({
      subjectNumber: change.of.subjectNumber,
      before: change.of.sealedDataKey,
      after: change.after,
    }));
    if (changes.length > 0) {
      resealed += await records.transaction((transaction) => transaction.replaceSealedDataKeys(changes));
    }
    looked += page.length;
    if (page.length > 0) onProgress?.(looked, resealed);
    after = page.at(-1)?.subjectNumber ?? after;
    if (page.length < BATCH) return { resealed, unopened };
  }
}

/** A data key as the master key sealed it. */
interface Sealed {
  readonly sealed: Uint8Array;
  readonly context: SealContext;
}

const ofSubject = ({ account, subjectId, sealedDataKey }: SealedDataKey): Sealed => ({
  sealed: sealedDataKey,
  context: { account, id: subjectId, kind: 'data-key' },
});

const ofService = ({ name, sealed }: ServiceKey): Sealed => ({ sealed, context: serviceKeyContext(name) });

const ofCase = ({ sealedDataKey, ...name }: SealedCaseKey): Sealed => ({
  sealed: sealedDataKey,
  context: caseKeyContext(name),
});

/** Seals anew what the current master key has not sealed. */
function resealEach<Row>(keys: Keys, rows: readonly Row[], sealedOf: (row: Row) => Sealed) {
  const changes: { readonly of: Row; readonly after: Uint8Array }[] = [];
  const unopened: Row[] = [];
  for (const row of rows) {
    const sealed = sealedOf(row);
    if (keys.isSealedByCurrent(sealed.sealed)) continue;
    const after = tryReseal(keys, sealed);
    if (after === undefined) unopened.push(row);
    else changes.push({ of: row, after });
  }
  return { changes, unopened };
}

/** @returns undefined when the data key does not open. */
function tryReseal(keys: Keys, { sealed, context }: Sealed): Uint8Array | undefined {
  try {
    return keys.sealDataKey(keys.openDataKey(sealed, context), context);
  } catch {
    return undefined;
  }
}
