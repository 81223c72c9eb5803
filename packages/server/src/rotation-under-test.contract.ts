import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { createCaseRecords } from './adapters/postgres/case-records.ts';
import { createRecords } from './adapters/postgres/records.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { randomIds } from './adapters/system/ids.ts';
import { type KeyRing, openKeyRing, readKeyRing } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import { followKeyRing } from './adapters/system/live-key-ring.ts';
import { createFileMasterKeys } from './adapters/system/master-keys.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import type { Keys } from './ports/keys.ts';
import type { Records } from './ports/records.ts';
import { openStore } from './store-under-test.contract.ts';

export type RotationUnderTest = Awaited<ReturnType<typeof openRotation>>;

const HERE = 'here' as AccountId;

/** A store and a key file of its own, with what a rotation is made of. */
export async function openRotation(url: string) {
  const store = await openStore(url);
  const file = join(await mkdtemp(join(tmpdir(), 'facegate-rotation-')), 'keys', 'master.key');
  const first = await openKeyRing(file);
  const records = createRecords(store.pool);
  const newKeys = () => {
    const live = followKeyRing(file, ringOf(file), () => undefined);
    return createKeys(live.known, live.latest);
  };
  const serviceKeys = createServiceKeys(store.pool);
  const auditLog = createAuditLog(store.pool);
  const cases = createCaseRecords(store.pool);
  const masterKeys = createFileMasterKeys(file);
  const parts = { records, serviceKeys, auditLog, cases, keys: newKeys(), masterKeys };
  return {
    store,
    file,
    first,
    records,
    serviceKeys,
    parts,
    newKeys,
    idsInFile: () => ringOf(file).map(({ id }) => id),
  };
}

export function ringOf(file: string): KeyRing {
  const ring = readKeyRing(file);
  if (ring === undefined) throw new Error('the key file is gone');
  return ring;
}

/** Data keys in the clear, by their subjects' ids. */
export type OpenDataKeys = Map<string, string>;

/** Makes subjects without references. */
export async function insertSubjects(records: Records, keys: Keys, count: number): Promise<OpenDataKeys> {
  const made: OpenDataKeys = new Map();
  const subjects = Array.from({ length: count }, () => {
    const id = randomIds.nextOrdered();
    const dataKey = keys.createDataKey();
    made.set(id, Buffer.from(dataKey).toString('hex'));
    const sealedDataKey = keys.sealDataKey(dataKey, { account: HERE, id, kind: 'data-key' });
    return { id, name: id, metadata: {}, groupIds: [], sealedDataKey, createdAt: new Date() };
  });
  await records.transaction((transaction) => transaction.insertSubjects(HERE, subjects));
  return made;
}

/** @returns what opens with these keys, of all that is in the store. */
export async function openAll(records: Records, keys: Keys): Promise<OpenDataKeys> {
  const opened: OpenDataKeys = new Map();
  for (const { account, subjectId, sealedDataKey } of await records.sealedDataKeys(0, 1_000_000)) {
    try {
      const dataKey = keys.openDataKey(sealedDataKey, { account, id: subjectId, kind: 'data-key' });
      opened.set(subjectId, Buffer.from(dataKey).toString('hex'));
    } catch {
      // Left out.
    }
  }
  return opened;
}
