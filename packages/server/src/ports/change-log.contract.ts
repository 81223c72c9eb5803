import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { Change, ChangeLog, LogPosition, Membership, SealedReference } from './change-log.ts';
import type { NewSubject, Records, RecordsTransaction } from './records.ts';

const ACCOUNT = 'log' as AccountId;

export interface ChangeLogSubject {
  readonly changeLog: ChangeLog;
  /** Of the same store. */
  readonly records: Records;
}

/** The promises of the ChangeLog port. Each test keeps to a pack of its own. */
export function changeLogContract(name: string, open: () => ChangeLogSubject): void {
  const newPack = () => `pack ${randomUUID()}`;
  const enrol = async (tx: RecordsTransaction, packId: string, groupIds: string[] = []) => {
    const { subject, subjectNumber } = await insertOne(tx, ACCOUNT, {
      id: randomUUID(),
      name: 'Ada',
      metadata: {},
      groupIds,
      sealedDataKey: Uint8Array.of(1, 2),
      createdAt: new Date(),
    });
    const reference = {
      id: randomUUID(),
      subjectNumber,
      contentType: 'image/png',
      metadata: {},
      packId,
      sealedTemplate: Uint8Array.of(3, 4, 5),
      blobId: randomUUID(),
      createdAt: new Date(),
    };
    await tx.insertReferences([reference]);
    return { subjectId: subject.id, subjectNumber, referenceId: reference.id };
  };
  const enrolled = (packId: string, groupIds?: string[]) =>
    open().records.transaction((tx) => enrol(tx, packId, groupIds));
  const snapshot = async (packId: string) => {
    const references: SealedReference[] = [];
    const memberships: Membership[] = [];
    let expected = -1;
    const position = await open().changeLog.snapshot(packId, {
      expect: (count) => {
        expected = count;
      },
      references: async (batch) => {
        // Batches are views of memory that is used again.
        for (const item of batch) {
          const copies = {
            sealedDataKey: Uint8Array.from(item.sealedDataKey),
            sealedTemplate: Uint8Array.from(item.sealedTemplate),
          };
          references.push({ ...item, ...copies });
        }
      },
      memberships: (batch) => void memberships.push(...batch),
    });
    return { position, references, memberships, expected };
  };
  const readOn = async (packId: string, from: LogPosition) => {
    const changes: Change[] = [];
    let settled = from;
    let at = from;
    for (;;) {
      const page = await open().changeLog.after(packId, at);
      changes.push(...page.changes);
      if (page.settled !== at) settled = page.settled;
      if (!page.more) return { changes, settled };
      at = page.next;
    }
  };
  const presentIds = (changes: readonly Change[]) =>
    changes.flatMap((change) => (change.kind === 'reference-present' ? [change.reference.id] : []));

  describe(`${name} keeps the promises of the ChangeLog`, () => {
    it('reads the gallery of one pack as it is', async () => {
      const packId = newPack();
      const group = await open().records.transaction((tx) =>
        tx.insertGroup(ACCOUNT, { id: randomUUID(), name: 'g', metadata: {} }),
      );
      const one = await enrolled(packId, [group.id]);
      await enrolled(newPack());
      const { references, memberships, expected } = await snapshot(packId);
      expect(expected).toBe(1);
      expect(references).toEqual([
        {
          account: ACCOUNT,
          number: expect.any(Number),
          id: one.referenceId,
          subjectNumber: one.subjectNumber,
          subjectId: one.subjectId,
          sealedDataKey: Uint8Array.of(1, 2),
          sealedTemplate: Uint8Array.of(3, 4, 5),
        },
      ]);
      const [groupNumber] = await open().records.groupNumbers(ACCOUNT, [group.id]);
      expect(memberships).toContainEqual({ groupNumber, subjectNumber: one.subjectNumber });
    });

    it('tells how everything that changed is now, and nothing twice that is settled', async () => {
      const { records } = open();
      const packId = newPack();
      const { position } = await snapshot(packId);
      const group = await records.transaction((tx) =>
        tx.insertGroup(ACCOUNT, { id: randomUUID(), name: 'g', metadata: {} }),
      );
      const [groupNumber] = await records.groupNumbers(ACCOUNT, [group.id]);
      const stays = await enrolled(packId, [group.id]);
      const goes = await enrolled(packId, [group.id]);
      await records.transaction((tx) => tx.removeSubject(ACCOUNT, goes.subjectId));
      const { changes, settled } = await readOn(packId, position);
      expect(presentIds(changes)).toContain(stays.referenceId);
      expect(presentIds(changes)).not.toContain(goes.referenceId);
      const member = (kind: string, { subjectNumber }: { subjectNumber: number }) => ({
        kind,
        groupNumber,
        subjectNumber,
      });
      expect(changes).toContainEqual(member('member-present', stays));
      expect(changes).toContainEqual(member('member-absent', goes));
      expect(changes.some(({ kind }) => kind === 'reference-absent')).toBe(true);
      await records.transaction((tx) => tx.removeGroup(ACCOUNT, group.id));
      const rest = await readOn(packId, settled);
      expect(rest.changes).toContainEqual({ kind: 'group-absent', groupNumber });
      expect(presentIds(rest.changes)).not.toContain(stays.referenceId);
    });

    it('passes over no change that commits late, as a reader of serial numbers does', async () => {
      const { records } = open();
      const packId = newPack();
      const start = (await snapshot(packId)).position;
      const late = gate();
      const lateIsIn = gate();
      const slow = records.transaction(async (tx) => {
        const made = await enrol(tx, packId);
        lateIsIn.open();
        await late.opened;
        return made;
      });
      await lateIsIn.opened;
      const quick = await enrolled(packId);
      // The quick one, with the higher number, is seen; the slow one is not there yet.
      const first = await readOn(packId, start);
      expect(presentIds(first.changes)).toContain(quick.referenceId);
      const naive = (await open().changeLog.after(packId, start)).next;
      late.open();
      const { referenceId } = await slow;
      // Who goes on behind the highest line that was seen has lost it for ever…
      expect(presentIds((await readOn(packId, naive)).changes)).not.toContain(referenceId);
      // …and who goes on behind the settled ones has not.
      expect(presentIds((await readOn(packId, first.settled)).changes)).toContain(referenceId);
    });

    it('misses nothing between snapshot and log while many write at once', async () => {
      const { records } = open();
      const packId = newPack();
      const made = new Set<string>();
      let writing = true;
      const writers = Array.from({ length: 6 }, async () => {
        while (writing) made.add((await enrolled(packId)).referenceId);
      });
      const { position, references } = await snapshot(packId);
      const seen = new Set(references.map(({ id }) => id));
      let settled = position;
      for (let i = 0; i < 40; i++) {
        const page = await readOn(packId, settled);
        for (const id of presentIds(page.changes)) seen.add(id);
        settled = page.settled;
      }
      writing = false;
      await Promise.all(writers);
      for (const id of presentIds((await readOn(packId, settled)).changes)) seen.add(id);
      expect(made.size).toBeGreaterThan(20);
      expect([...made].filter((id) => !seen.has(id))).toEqual([]);
      expect(await records.subject(ACCOUNT, randomUUID())).toBeUndefined();
    });

    it('pages through more lines than fit one page', async () => {
      const packId = newPack();
      const { position } = await snapshot(packId);
      await open().records.transaction(async (tx) => {
        const { subjectNumber } = await enrol(tx, packId);
        const references = Array.from({ length: 6000 }, () => ({
          id: randomUUID(),
          subjectNumber,
          contentType: 'image/png',
          metadata: {},
          packId,
          sealedTemplate: Uint8Array.of(1),
          createdAt: new Date(),
        }));
        await tx.insertReferences(references);
      });
      const first = await open().changeLog.after(packId, position);
      expect(first.more).toBe(true);
      expect(new Set(presentIds((await readOn(packId, position)).changes)).size).toBe(6001);
      expect((await snapshot(packId)).references).toHaveLength(6001);
    });

    it('counts references by pack', async () => {
      const packId = newPack();
      await enrolled(packId);
      expect((await open().changeLog.census()).get(packId)).toBe(1);
    });

    it('tells listeners that something was written', async () => {
      const told = gate();
      const hangUp = await open().changeLog.onWrite(told.open);
      await enrolled(newPack());
      await told.opened;
      await hangUp();
    });

    it('forgets old lines', async () => {
      const packId = newPack();
      const { position } = await snapshot(packId);
      await enrolled(packId);
      await open().changeLog.trim(new Date(Date.now() - 3_600_000));
      expect(presentIds((await readOn(packId, position)).changes)).toHaveLength(1);
      await open().changeLog.trim(new Date(Date.now() + 3_600_000));
      expect((await readOn(packId, position)).changes).toEqual([]);
    });
  });
}

function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

async function insertOne(tx: RecordsTransaction, account: AccountId, subject: NewSubject) {
  const [inserted] = await tx.insertSubjects(account, [subject]);
  if (inserted === undefined) throw new Error('Nobody was inserted.');
  return inserted;
}
