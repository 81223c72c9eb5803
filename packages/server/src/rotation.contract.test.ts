import { createHmac } from 'node:crypto';
import { drawPicture } from '@facegate/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { issuedFor, openAccounts } from './accounts-under-test.contract.ts';
import { randomIds } from './adapters/system/ids.ts';
import { type KeyRing, newMasterKey, writeKeyRing } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import { createGivenMasterKeys } from './adapters/system/master-keys.ts';
import { type OpenServer, SERVERS_UNDER_TEST } from './database-under-test.contract.ts';
import { ensureServiceKey, openServiceKey } from './domain/accounts/service-key.ts';
import { openTrail } from './domain/audit/open-trail.ts';
import { verifyTrail } from './domain/audit/verify-trail.ts';
import { openNoticeSigning } from './domain/callbacks/notice-signing.ts';
import { caseKeyContext } from './domain/cases/case-key.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import { type RotationParts, rotateMasterKey } from './domain/rotation/rotate-master-key.ts';
import type { Records } from './ports/records.ts';
import {
  insertSubjects,
  openAll,
  openRotation,
  type RotationUnderTest,
  ringOf,
} from './rotation-under-test.contract.ts';
import { openNode } from './store-under-test.contract.ts';

const HERE = 'here' as AccountId;

for (const { title, skipped, open } of SERVERS_UNDER_TEST) {
  describe.skipIf(skipped !== undefined)(`a rotation of the master key on ${title}`, () => {
    let server: OpenServer;
    beforeAll(async () => {
      server = await open();
    }, 60_000);
    afterAll(() => server.close());

    async function opened(): Promise<RotationUnderTest> {
      const rotation = await openRotation(await server.createDatabase());
      onTestFinished(() => rotation.store.close());
      return rotation;
    }

    it('seals 2,500 data keys anew: all open with the new key alone, none with the earlier one', async () => {
      const { records, parts, first, file } = await opened();
      const people = await insertSubjects(records, parts.keys, 2500);
      const progress: number[] = [];
      const outcome = await rotateMasterKey(parts, { onProgress: (looked) => progress.push(looked) });
      expect(outcome).toEqual({ resealed: 2500, unopened: [], unopenedServiceKeys: [], unopenedCases: [] });
      expect(progress).toEqual([1000, 2000, 2500]);
      const after = ringOf(file);
      expect(after).toHaveLength(1);
      expect(after[0].id).not.toBe(first[0].id);
      expect(
        await openAll(
          records,
          createKeys(() => after),
        ),
      ).toEqual(people);
      expect(
        await openAll(
          records,
          createKeys(() => first),
        ),
      ).toEqual(new Map());
    });

    it("seals the audit trail's key anew: the trail opens with the new key alone", async () => {
      const { parts, first, newKeys } = await opened();
      const { auditLog: log } = parts;
      await openTrail({ log, keys: parts.keys, ids: randomIds });
      await rotateMasterKey(parts);
      expect(await verifyTrail({ log, keys: newKeys() })).toMatchObject({ outcome: 'sound' });
      expect(await verifyTrail({ log, keys: createKeys(() => first) })).toEqual({
        outcome: 'tampered',
        fault: 'foreign-key',
      });
    });

    it("changes no key on a store whose audit trail is another master key's", async () => {
      const { parts, idsInFile } = await opened();
      const foreignRing = [newMasterKey()] as const;
      const foreign = createKeys(() => foreignRing);
      await openTrail({ log: parts.auditLog, keys: foreign, ids: randomIds });
      const before = idsInFile();
      await expect(rotateMasterKey(parts)).rejects.toThrow('does not open with this master key');
      expect(idsInFile()).toEqual(before);
    });

    it('leaves templates and pictures as they are, and both open with the new key', async () => {
      const { store, records, parts, file, newKeys } = await opened();
      const node = await openNode(store, { keys: newKeys() });
      onTestFinished(() => node.close());
      const photo = await drawPicture([{ identity: 1, x: 60, y: 40 }]);
      const { id } = await node.enrolment.createSubject(HERE, { name: 'Ada', metadata: {}, groupIds: [] });
      const enrolled = await node.enrolment.addReference(HERE, id, {
        image: async () => photo,
        metadata: {},
      });
      if (enrolled.outcome !== 'enrolled') throw new Error('no face in a drawn picture');
      const template = async () =>
        (await store.pool.query('select sealed_template from facegate.reference')).rows[0].sealed_template;
      const [before, stored] = [await template(), await records.reference(HERE, enrolled.reference.id)];
      const sealedPicture = (await node.blobs.get(stored?.blobId ?? '')) ?? new Uint8Array();

      expect(await rotateMasterKey(parts)).toEqual({
        resealed: 1,
        unopened: [],
        unopenedServiceKeys: [],
        unopenedCases: [],
      });
      expect((await template()).equals(before)).toBe(true);
      // The server that was running.
      expect((await node.enrolment.referencePicture(HERE, id, enrolled.reference.id)).bytes).toHaveLength(
        photo.length,
      );
      // One that is started now, with the new key alone.
      const keys = createKeys(() => ringOf(file));
      const next = await openNode(store, { keys });
      onTestFinished(() => next.close());
      expect([next.gallery.size, next.failures]).toEqual([1, []]);
      const again = await records.reference(HERE, enrolled.reference.id);
      const dataKey = keys.openDataKey(again?.sealedDataKey ?? new Uint8Array(), {
        account: HERE,
        id,
        kind: 'data-key',
      });
      const context = { account: HERE, id: enrolled.reference.id, kind: 'image' } as const;
      expect(Buffer.from(keys.open(dataKey, sealedPicture, context)).equals(photo)).toBe(true);
    });

    it('that was stopped after its first batch goes on with the same key', async () => {
      const { records, parts, file, newKeys, idsInFile } = await opened();
      const people = await insertSubjects(records, parts.keys, 2500);
      const stop = new AbortController();
      const watch = { onProgress: () => stop.abort(), signal: stop.signal };
      await expect(rotateMasterKey(parts, watch)).rejects.toMatchObject({ name: 'AbortError' });
      const between = idsInFile();
      expect(between).toHaveLength(2);
      expect(await openAll(records, newKeys())).toEqual(people);
      const [added] = ringOf(file);
      expect(
        (
          await openAll(
            records,
            createKeys(() => [added]),
          )
        ).size,
      ).toBe(1000);

      expect(await rotateMasterKey(parts)).toEqual({
        resealed: 1500,
        unopened: [],
        unopenedServiceKeys: [],
        unopenedCases: [],
      });
      expect(idsInFile()).toEqual([between[0]]);
      expect(await openAll(records, newKeys())).toEqual(people);
    });

    it.each(['before', 'after'] as const)('may be cut off %s any of its steps', async (when) => {
      const { records, parts, newKeys, idsInFile } = await opened();
      const people = await insertSubjects(records, parts.keys, 2500);
      await openTrail({ log: parts.auditLog, keys: parts.keys, ids: randomIds });
      let steps = 0;
      for (let cutAt = 1; ; cutAt++) {
        const cut = cutOff(parts, cutAt, when);
        const outcome = await rotateMasterKey(cut.parts).catch((error: Error) => error.message);
        // A server that starts now.
        expect(await openAll(records, newKeys())).toEqual(people);
        expect(await verifyTrail({ log: parts.auditLog, keys: newKeys() })).toMatchObject({
          outcome: 'sound',
        });
        if (typeof outcome !== 'string') break;
        expect(outcome).toBe('cut off');
        steps++;
      }
      expect(idsInFile()).toHaveLength(1);
      // Introducing, three batches, retiring, dropping: some steps are done in the course of the earlier attempts.
      expect(steps).toBeGreaterThanOrEqual(3);
    });

    it('covers subjects that servers make meanwhile, knowing of the new key or not', async () => {
      const { records, parts, first, file, newKeys } = await opened();
      const people = await insertSubjects(records, parts.keys, 1500);
      const [follows, hasItsOwnCopy] = [newKeys(), createKeys(() => first)];
      const enrol = async (keys: typeof follows) => {
        for (const entry of await insertSubjects(records, keys, 10)) people.set(...entry);
      };
      const watched = withWorkMeanwhile(parts, async () => {
        await enrol(follows);
        await enrol(hasItsOwnCopy);
      });
      const outcome = await rotateMasterKey(watched);
      expect(outcome.unopened).toEqual([]);
      expect(outcome.resealed).toBeGreaterThan(1520);
      expect(
        await openAll(
          records,
          createKeys(() => ringOf(file)),
        ),
      ).toEqual(people);

      await expect(enrol(hasItsOwnCopy)).rejects.toMatchObject({ code: 'unavailable' });
      await enrol(follows);
      expect(
        await openAll(
          records,
          createKeys(() => ringOf(file)),
        ),
      ).toEqual(people);
    });

    it('loses nothing to a hundred enrolments in flight by servers that hold the earlier key', async () => {
      const { records, parts, first, file } = await opened();
      const people = await insertSubjects(records, parts.keys, 1500);
      const stale = createKeys(() => first);
      const running = Array.from({ length: 100 }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, i * 4));
        return insertSubjects(records, stale, 1);
      });
      const enrolments = Promise.allSettled(running);
      await rotateMasterKey(parts);
      for (const enrolment of await enrolments) {
        if (enrolment.status === 'rejected') expect(enrolment.reason).toMatchObject({ code: 'unavailable' });
        else for (const entry of enrolment.value) people.set(...entry);
      }
      expect(
        await openAll(
          records,
          createKeys(() => ringOf(file)),
        ),
      ).toEqual(people);
    });

    it('passes over a subject that is erased meanwhile', async () => {
      const { records, parts, newKeys } = await opened();
      const people = await insertSubjects(records, parts.keys, 50);
      const [erased = ''] = people.keys();
      let isRead = false;
      const sealedDataKeys: Records['sealedDataKeys'] = async (after, limit) => {
        const page = await records.sealedDataKeys(after, limit);
        // The page before this one was looked at beforehand only.
        if (isRead) await records.transaction((transaction) => transaction.removeSubject(HERE, erased));
        isRead = true;
        return page;
      };
      const outcome = await rotateMasterKey({ ...parts, records: { ...records, sealedDataKeys } });
      expect(outcome).toEqual({ resealed: 49, unopened: [], unopenedServiceKeys: [], unopenedCases: [] });
      people.delete(erased);
      expect(await openAll(records, newKeys())).toEqual(people);
    });

    it('keeps the earlier key while a data key does not open, and names whose it is', async () => {
      const { store, records, parts, first, idsInFile } = await opened();
      const [broken = ''] = (await insertSubjects(records, parts.keys, 20)).keys();
      await store.pool.query(
        'update facegate.subject set sealed_data_key = set_byte(sealed_data_key, 30, 255 - get_byte(sealed_data_key, 30)) where id = $1',
        [broken],
      );
      expect(await rotateMasterKey(parts)).toEqual({
        resealed: 19,
        unopened: [broken],
        unopenedServiceKeys: [],
        unopenedCases: [],
      });
      expect(idsInFile()).toEqual([expect.any(String), first[0].id]);
      // Nothing was retired: servers that do not know of the new key go on.
      await insertSubjects(
        records,
        createKeys(() => first),
        1,
      );

      await records.transaction((transaction) => transaction.removeSubject(HERE, broken));
      expect(await rotateMasterKey(parts)).toEqual({
        resealed: 1,
        unopened: [],
        unopenedServiceKeys: [],
        unopenedCases: [],
      });
      expect(idsInFile()).toHaveLength(1);
    });

    it('seals the keys of accounts and tokens anew, and names one that does not open', async () => {
      const { store, serviceKeys, parts, file, first, idsInFile } = await opened();
      const account = await ensureServiceKey(parts, 'account a');
      const tokens = await ensureServiceKey(parts, 'tokens');
      expect(await rotateMasterKey(parts)).toEqual({
        resealed: 2,
        unopened: [],
        unopenedServiceKeys: [],
        unopenedCases: [],
      });
      const keys = createKeys(() => ringOf(file));
      const reopened = { keys, serviceKeys };
      expect(Buffer.from(await openServiceKey(reopened, 'account a')).equals(account)).toBe(true);
      expect(Buffer.from(await openServiceKey(reopened, 'tokens')).equals(tokens)).toBe(true);
      const stale = { serviceKeys, keys: createKeys(() => first) };
      await expect(ensureServiceKey(stale, 'account b')).rejects.toMatchObject({ code: 'unavailable' });

      await store.pool.query(
        "update facegate.service_key set sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30)) where name = 'tokens'",
      );
      expect(await rotateMasterKey(parts)).toEqual({
        resealed: 1,
        unopened: [],
        unopenedServiceKeys: ['tokens'],
        unopenedCases: [],
      });
      expect(idsInFile()).toHaveLength(2);
    });

    it('leaves client secrets as they are: callbacks are signed with them before and after', async () => {
      const { store, parts, first, file } = await opened();
      const { accounts, parts: ours } = await openAccounts(store, parts.keys);
      const issued = await accounts.create('shop');
      const owner = { account: issued.accountId, door: 'facia' } as const;
      const signed = async (ring: KeyRing) => {
        const signing = { ...ours, accountStore: ours.store, keys: createKeys(() => ring) };
        return (await openNoticeSigning(signing, owner))?.sign('text');
      };
      const { secret } = issuedFor(issued, 'facia');
      const expected = createHmac('sha256', secret).update('text').digest('hex');
      expect(await signed(first)).toBe(expected);
      expect(await rotateMasterKey(parts)).toMatchObject({ unopenedServiceKeys: [] });
      expect(await signed(ringOf(file))).toBe(expected);
      await expect(signed(first)).rejects.toMatchObject({ code: 'internal' });
    });

    it('seals the keys of cases anew, and names one that does not open', async () => {
      const { store, parts, file, idsInFile } = await opened();
      const names = ['CASE00000000001', 'CASE00000000002'].map((reference) => ({ space: HERE, reference }));
      const made = names.map((name) => ({ ...name, dataKey: parts.keys.createDataKey() }));
      for (const { dataKey, ...name } of made) {
        const sealedDataKey = parts.keys.sealDataKey(dataKey, caseKeyContext(name));
        await parts.cases.insert({
          ...name,
          kind: 'injection',
          createdAt: new Date(),
          sealedDataKey,
          media: [],
        });
      }
      expect(await rotateMasterKey(parts)).toMatchObject({ resealed: 2, unopenedCases: [] });
      const keys = createKeys(() => ringOf(file));
      const reopened = (await parts.cases.sealedKeys(0, 10)).map(({ sealedDataKey, ...name }) =>
        Buffer.from(keys.openDataKey(sealedDataKey, caseKeyContext(name))),
      );
      expect(reopened).toEqual(made.map(({ dataKey }) => Buffer.from(dataKey)));

      await store.pool.query(
        "update facegate.media_case set sealed_data_key = set_byte(sealed_data_key, 30, 255 - get_byte(sealed_data_key, 30)) where reference = 'CASE00000000002'",
      );
      expect(await rotateMasterKey(parts)).toMatchObject({ resealed: 1, unopenedCases: ['CASE00000000002'] });
      expect(idsInFile()).toHaveLength(2);
    });

    it("is refused with another store's key, and writes nothing", async () => {
      const { records, parts, file, first, newKeys } = await opened();
      await insertSubjects(records, parts.keys, 3);
      const other = newMasterKey();
      await writeKeyRing(file, [other]);
      await expect(rotateMasterKey({ ...parts, keys: createKeys(() => [other]) })).rejects.toThrow(
        'Put back the right',
      );
      expect(ringOf(file)).toEqual([other]);
      await writeKeyRing(file, first);
      expect((await openAll(records, newKeys())).size).toBe(3);
    });

    it('run by three at once ends with one key that opens everything', async () => {
      const { records, parts, first, file, newKeys } = await opened();
      const people = await insertSubjects(records, parts.keys, 1500);
      await Promise.all([1, 2, 3].map(() => rotateMasterKey({ ...parts, keys: newKeys() })));
      const [current, ...earlier] = ringOf(file);
      expect(earlier).toEqual([]);
      expect(current.id).not.toBe(first[0].id);
      expect(
        await openAll(
          records,
          createKeys(() => [current]),
        ),
      ).toEqual(people);
    });

    it('goes from one given key to another, and never back to one that was replaced', async () => {
      const { records, serviceKeys, parts, first } = await opened();
      const { auditLog, cases } = parts;
      const people = await insertSubjects(records, parts.keys, 30);
      const next = newMasterKey();
      const between = [next, first[0]] as const;
      const given = {
        records,
        serviceKeys,
        auditLog,
        cases,
        keys: createKeys(() => between),
        masterKeys: createGivenMasterKeys(between),
      };
      expect(await rotateMasterKey(given)).toEqual({
        resealed: 30,
        unopened: [],
        unopenedServiceKeys: [],
        unopenedCases: [],
      });
      expect(
        await openAll(
          records,
          createKeys(() => [next]),
        ),
      ).toEqual(people);
      const back = [first[0], next] as const;
      const backwards = {
        records,
        serviceKeys,
        auditLog,
        cases,
        keys: createKeys(() => back),
        masterKeys: createGivenMasterKeys(back),
      };
      await expect(rotateMasterKey(backwards)).rejects.toThrow('Make another');
      expect(
        await openAll(
          records,
          createKeys(() => [next]),
        ),
      ).toEqual(people);
    });
  });
}

/** The same parts, of which the n-th step that changes something fails, before it is done or after. */
function cutOff(parts: RotationParts, cutAt: number, when: 'before' | 'after') {
  let step = 0;
  const counted =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const isCut = ++step === cutAt;
      if (isCut && when === 'before') throw new Error('cut off');
      const result = await work(...given);
      if (isCut) throw new Error('cut off');
      return result;
    };
  const { records, serviceKeys, masterKeys, keys, auditLog, cases } = parts;
  const transaction: Records['transaction'] = counted((work) =>
    records.transaction(work),
  ) as Records['transaction'];
  return {
    parts: {
      keys,
      records: { ...records, transaction },
      serviceKeys: { ...serviceKeys, replace: counted(serviceKeys.replace) },
      auditLog: { ...auditLog, replaceSealedKey: counted(auditLog.replaceSealedKey) },
      cases: { ...cases, replaceSealedKeys: counted(cases.replaceSealedKeys) },
      masterKeys: { ...masterKeys, introduce: counted(masterKeys.introduce), drop: counted(masterKeys.drop) },
    },
  };
}

/** The same parts; `work` is done before each page of data keys is read and before master keys are retired. */
function withWorkMeanwhile(parts: RotationParts, work: () => Promise<void>): RotationParts {
  const { records } = parts;
  let isRetired = false;
  return {
    ...parts,
    records: {
      ...records,
      sealedDataKeys: async (after, limit) => {
        if (!isRetired) await work();
        return records.sealedDataKeys(after, limit);
      },
      transaction: (run) =>
        records.transaction((transaction) =>
          run({
            ...transaction,
            retireMasterKeys: async (ids) => {
              await work();
              isRetired = true;
              await transaction.retireMasterKeys(ids);
            },
          }),
        ),
    },
  };
}
