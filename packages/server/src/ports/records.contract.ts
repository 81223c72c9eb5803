import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId, Subject } from '../domain/enrolment/records.ts';
import { insertOne, KEY, nextId, person, reference } from './new-records.contract.ts';
import type { NewSubject, Records } from './records.ts';

const HERE = 'here' as AccountId;
const ELSEWHERE = 'elsewhere' as AccountId;
const PAGE = { number: 1, size: 10 };

/** The promises of the Records port. Everything may lie in one store: each test uses names of its own. */
export function recordsContract(name: string, open: () => Records): void {
  const inserted = async (subject: NewSubject = person(), account = HERE) =>
    open().transaction((tx) => insertOne(tx, account, subject));
  const group = (groupName = 'friends', account = HERE) =>
    open().transaction((tx) => tx.insertGroup(account, { id: nextId(), name: groupName, metadata: {} }));

  describe(`${name} keeps the promises of Records`, () => {
    it('gives a subject back as it was given, in its account alone', async () => {
      const friends = await group();
      const expiresAt = new Date(Date.now() + 3_600_000);
      const metadata = { b: [1, { c: null }], a: '"\\ 😀', '': 0.1 };
      const subject = person({
        name: 'Ada ‰ 😀',
        externalId: 'x-1',
        metadata,
        groupIds: [friends.id],
        expiresAt,
      });
      const { subject: made } = await inserted(subject);
      const { sealedDataKey: _, ...shown } = subject;
      expect(made).toEqual({ ...shown, createdAt: expect.any(Date), updatedAt: expect.any(Date) });
      expect(Math.abs(made.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
      expect(await open().subject(HERE, subject.id)).toEqual(made);
      expect(await open().subject(HERE, subject.id.toUpperCase())).toEqual(made);
      expect(JSON.stringify(made.metadata)).toBe(JSON.stringify(metadata));
      expect(await open().subject(ELSEWHERE, subject.id)).toBeUndefined();
      expect(await open().subjectKey(ELSEWHERE, subject.id)).toBeUndefined();
      const key = await open().subjectKey(HERE, subject.id);
      expect([...(key?.sealedDataKey ?? [])]).toEqual([...KEY]);
    });

    it('gives the data keys of all accounts, page by page, and replaces those that are still the ones meant', async () => {
      const head = Uint8Array.from(Buffer.from(randomUUID()));
      const [first, second, third] = await Promise.all(
        [HERE, ELSEWHERE, HERE].map((account) => inserted(person({ sealedDataKey: head }), account)),
      );
      const numbers = [first, second, third].map((made) => made?.subjectNumber ?? 0);
      const ours = async () => {
        const found = [];
        for (let after = Math.min(...numbers) - 1; ; ) {
          const page = await open().sealedDataKeys(after, 2);
          expect(page.length).toBeLessThanOrEqual(2);
          found.push(...page.filter(({ subjectNumber }) => numbers.includes(subjectNumber)));
          const last = page.at(-1);
          if (last === undefined) return found;
          after = last.subjectNumber;
        }
      };
      const before = await ours();
      expect(before.map(({ subjectNumber }) => subjectNumber)).toEqual(numbers.toSorted((a, b) => a - b));
      expect(before.filter(({ account }) => account === ELSEWHERE)).toHaveLength(1);
      expect(before.every(({ sealedDataKey }) => Buffer.from(sealedDataKey).equals(head))).toBe(true);
      const [one = 0, two = 0] = numbers;
      const replaced = await open().transaction((tx) =>
        tx.replaceSealedDataKeys([
          { subjectNumber: one, before: head, after: KEY },
          { subjectNumber: two, before: KEY, after: KEY },
          { subjectNumber: 2 ** 50, before: head, after: KEY },
        ]),
      );
      expect(replaced).toBe(1);
      const changed = (await ours()).filter(({ sealedDataKey }) => Buffer.from(sealedDataKey).equals(KEY));
      expect(changed.map(({ subjectNumber }) => subjectNumber)).toEqual([one]);
    });

    it('takes no subject whose data key is sealed by a retired master key, and all others', async () => {
      const retired = Uint8Array.from(Buffer.from(randomUUID()).subarray(0, 8));
      const sealed = (byte: number) => Uint8Array.of(...retired.subarray(0, 7), byte, 1, 2, 3);
      const earlier = person({ sealedDataKey: sealed(retired[7] ?? 0) });
      await inserted(earlier);
      for (let again = 0; again < 2; again++)
        await open().transaction((tx) => tx.retireMasterKeys([retired]));
      expect((await open().retiredMasterKeys()).some((id) => Buffer.from(id).equals(retired))).toBe(true);
      const refused = [person(), person({ sealedDataKey: sealed(retired[7] ?? 0) })];
      await expect(open().transaction((tx) => tx.insertSubjects(HERE, refused))).rejects.toMatchObject({
        code: 'unavailable',
      });
      for (const { id } of refused) expect(await open().subject(HERE, id)).toBeUndefined();
      await inserted(person({ sealedDataKey: sealed(0) }));
      expect(await open().subject(HERE, earlier.id)).toBeDefined();
    });

    it('retires a master key only when who inserts with it has ended', async () => {
      const retired = Uint8Array.from(Buffer.from(randomUUID()).subarray(0, 8));
      const late = person({ sealedDataKey: Uint8Array.of(...retired, 1) });
      const events: string[] = [];
      const inserting = open().transaction(async (tx) => {
        await insertOne(tx, HERE, late);
        events.push('inserted');
        await new Promise((resolve) => setTimeout(resolve, 300));
        events.push('ending');
      });
      while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await open().transaction((tx) => tx.retireMasterKeys([retired]));
      events.push('retired');
      await inserting;
      expect(events).toEqual(['inserted', 'ending', 'retired']);
      expect(await open().subject(HERE, late.id)).toBeDefined();
    });

    it.each([
      '',
      'nonsense',
      "'; drop table facegate.subject; --",
      '../..',
      'x'.repeat(10_000),
      randomUUID(),
    ])('knows nobody under %.40j', async (id) => {
      const records = open();
      expect(await records.subject(HERE, id)).toBeUndefined();
      expect(await records.group(HERE, id)).toBeUndefined();
      expect(await records.reference(HERE, id)).toBeUndefined();
      expect((await records.references(HERE, id, PAGE)).items).toEqual([]);
      expect(await records.groupNumbers(HERE, [id])).toEqual([]);
      await records.transaction(async (tx) => {
        expect(await tx.updateSubject(HERE, id, { name: 'x' })).toBe(false);
        expect(await tx.removeSubject(HERE, id)).toBeUndefined();
        expect(await tx.removeReference(HERE, id, id)).toBeUndefined();
        expect(await tx.updateGroup(HERE, id, { name: 'x', metadata: {} })).toBe(false);
        expect(await tx.removeGroup(HERE, id)).toBe(false);
      });
    });

    it('keeps texts of any length and script, and refuses the one character that no text may hold', async () => {
      const long = 'ñ'.repeat(200_000);
      const { subject } = await inserted(person({ name: long, externalId: long }));
      expect((await open().subject(HERE, subject.id))?.name).toBe(long);
      expect(await open().subjectNumbers(HERE, 'name', [long])).toHaveLength(1);
      await expect(inserted(person({ name: 'a\0b' }))).rejects.toMatchObject({ code: 'invalid-request' });
    });

    it('changes what is given of a subject and leaves the rest', async () => {
      const [first, second] = [await group(), await group()];
      const { subject } = await inserted(
        person({ externalId: 'e', metadata: { a: 1 }, groupIds: [first.id] }),
      );
      const update = (change: Parameters<Parameters<typeof run>[0]['updateSubject']>[2]) =>
        open().transaction((tx) => tx.updateSubject(HERE, subject.id, change));
      const run = (tx: Parameters<Parameters<Records['transaction']>[0]>[0]) => tx;
      expect(await update({ name: 'Grace' })).toBe(true);
      expect(await update({ groupIds: [second.id] })).toBe(true);
      const after = (await open().subject(HERE, subject.id)) as Subject;
      expect(after).toMatchObject({
        name: 'Grace',
        externalId: 'e',
        metadata: { a: 1 },
        groupIds: [second.id],
        createdAt: subject.createdAt,
      });
      expect(after.updatedAt.getTime()).toBeGreaterThanOrEqual(subject.updatedAt.getTime());
      await update({ groupIds: [] });
      expect((await open().subject(HERE, subject.id))?.groupIds).toEqual([]);
      const foreign = await open().transaction((tx) =>
        tx.updateSubject(ELSEWHERE, subject.id, { name: 'x' }),
      );
      expect(foreign).toBe(false);
    });

    it('inserts many at once, each into its groups', async () => {
      const [first, second] = [await group(), await group()];
      const people = [
        person({ name: 'a', groupIds: [first.id, second.id, first.id] }),
        person({ name: 'b', externalId: 'x' }),
        person({ name: 'c', groupIds: [second.id] }),
      ];
      const made = await open().transaction((tx) => tx.insertSubjects(HERE, people));
      expect(made.map(({ subject }) => subject.id)).toEqual(people.map(({ id }) => id));
      expect(made.map(({ subject }) => subject.groupIds)).toEqual([[second.id, first.id], [], [second.id]]);
      expect(made[1]?.subject).toMatchObject({ name: 'b', externalId: 'x' });
    });

    it('undoes everything when a group of a new subject does not exist, or is of another account', async () => {
      const foreign = await group('theirs', ELSEWHERE);
      for (const id of [randomUUID(), 'nonsense', foreign.id]) {
        const subject = person({ groupIds: [(await group()).id, id] });
        await expect(inserted(subject)).rejects.toMatchObject({ code: 'not-found' });
        expect(await open().subject(HERE, subject.id)).toBeUndefined();
      }
    });

    it('undoes everything that a failing transaction has done', async () => {
      const subject = person();
      const failing = open().transaction(async (tx) => {
        await insertOne(tx, HERE, subject);
        throw new RangeError('of the caller');
      });
      await expect(failing).rejects.toMatchObject({ code: 'internal' });
      expect(await open().subject(HERE, subject.id)).toBeUndefined();
    });

    it('lists by descending id, page by page, with the number of pages', async () => {
      const account = `lists ${randomUUID()}` as AccountId;
      expect(await open().groups(account, PAGE)).toEqual({ items: [], number: 1, total: 1 });
      const groups = [];
      for (let i = 0; i < 5; i++) groups.push(await group(`g${i}`, account));
      const ids = groups.map(({ id }) => id).reverse();
      const page = async (number: number) => open().groups(account, { number, size: 2 });
      expect((await page(1)).items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      expect((await page(3)).items.map(({ id }) => id)).toEqual(ids.slice(4));
      expect(await page(3)).toMatchObject({ number: 3, total: 3 });
      expect(await page(4)).toEqual({ items: [], number: 4, total: 3 });
      const { subject } = await inserted(person({ groupIds: ids }), account);
      expect(subject.groupIds).toEqual(ids);
      expect(await open().groupsOfSubject(account, subject.id, PAGE)).toMatchObject({ total: 1 });
      expect((await open().groupsOfSubject(account, subject.id, PAGE)).items).toHaveLength(5);
      expect((await open().subjectsOfGroup(account, ids[0] ?? '', PAGE)).items).toEqual([subject]);
      expect((await open().subjectsOfGroup(HERE, ids[0] ?? '', PAGE)).items).toEqual([]);
    });

    it('adds and removes members, or nothing of it', async () => {
      const friends = await group();
      const { subject: ada } = await inserted();
      const { subject: bob } = await inserted();
      const foreign = await inserted(person(), ELSEWHERE);
      const change = (add: string[], remove: string[], account = HERE) =>
        open().transaction((tx) => tx.changeMembers(account, friends.id, { add, remove }));
      const members = async () =>
        (await open().subjectsOfGroup(HERE, friends.id, PAGE)).items.map(({ id }) => id);
      await change([ada.id, bob.id, bob.id], [randomUUID(), 'nonsense']);
      await change([ada.id], []);
      expect(await members()).toEqual([bob.id, ada.id]);
      for (const stranger of [randomUUID(), 'nonsense', foreign.subject.id]) {
        await expect(change([stranger], [ada.id])).rejects.toMatchObject({ code: 'not-found' });
      }
      await expect(change([ada.id], [], ELSEWHERE)).rejects.toMatchObject({ code: 'not-found' });
      expect(await members()).toEqual([bob.id, ada.id]);
      await change([], [ada.id]);
      expect(await members()).toEqual([bob.id]);
    });

    it('keeps the subjects of a removed group', async () => {
      const friends = await group();
      const { subject } = await inserted(person({ groupIds: [friends.id] }));
      const remove = (account: AccountId) => open().transaction((tx) => tx.removeGroup(account, friends.id));
      expect(await remove(ELSEWHERE)).toBe(false);
      expect(await remove(HERE)).toBe(true);
      expect(await open().group(HERE, friends.id)).toBeUndefined();
      expect((await open().subject(HERE, subject.id))?.groupIds).toEqual([]);
    });

    it('makes a named group once, however many ask at once', async () => {
      const account = `once ${randomUUID()}` as AccountId;
      const asked = await Promise.all(
        Array.from({ length: 8 }, () =>
          open().transaction((tx) =>
            tx.ensureGroup(account, { id: nextId(), name: 'Default', metadata: {} }),
          ),
        ),
      );
      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
      expect((await open().groups(account, PAGE)).items).toHaveLength(1);
    });

    it('keeps references with their pictures until their subject goes, and then says what to erase', async () => {
      const records = open();
      const { subject, subjectNumber } = await inserted();
      const [first, second] = [reference(subjectNumber, { metadata: { n: 1 } }), reference(subjectNumber)];
      await records.transaction((tx) => tx.insertReferences([first, second]));
      expect(await records.reference(HERE, first.id)).toMatchObject({
        id: first.id,
        subjectId: subject.id,
        contentType: 'image/jpeg',
        metadata: { n: 1 },
        blobId: first.blobId,
        createdAt: first.createdAt,
      });
      expect(await records.reference(ELSEWHERE, first.id)).toBeUndefined();
      const ids = async () => (await records.references(HERE, subject.id, PAGE)).items.map(({ id }) => id);
      expect(await ids()).toEqual([second.id, first.id]);
      const remove = (account: AccountId, subjectId: string) =>
        records.transaction((tx) => tx.removeReference(account, subjectId, first.id));
      expect(await remove(ELSEWHERE, subject.id)).toBeUndefined();
      expect(await remove(HERE, (await inserted()).subject.id)).toBeUndefined();
      expect(await remove(HERE, subject.id)).toEqual([first.blobId]);
      expect(await ids()).toEqual([second.id]);
      expect(await records.knownBlobs([first.blobId ?? '', second.blobId ?? ''])).toEqual(
        new Set([second.blobId]),
      );
      const gone = await records.transaction((tx) => tx.removeSubject(HERE, subject.id));
      expect(gone).toEqual([second.blobId]);
      expect(await records.reference(HERE, second.id)).toBeUndefined();
      const due = await records.unerasedBlobs(10_000);
      expect(due).toEqual(expect.arrayContaining([first.blobId, second.blobId]));
      await records.confirmErasure([first.blobId ?? '', second.blobId ?? '']);
      expect(await records.unerasedBlobs(10_000)).not.toContain(first.blobId);
    });

    it('takes no reference for a subject that has gone', async () => {
      const { subject, subjectNumber } = await inserted();
      await open().transaction((tx) => tx.removeSubject(HERE, subject.id));
      const late = open().transaction((tx) => tx.insertReferences([reference(subjectNumber)]));
      await expect(late).rejects.toMatchObject({ code: 'not-found' });
    });

    it('names the candidates of a search that still exist', async () => {
      const account = `candidates ${randomUUID()}` as AccountId;
      const living = await inserted(person(), account);
      const expired = await inserted(person({ expiresAt: new Date(Date.now() - 1000) }), account);
      const references = [reference(living.subjectNumber), reference(expired.subjectNumber)];
      await open().transaction((tx) => tx.insertReferences(references));
      const everything = Array.from({ length: 5000 }, (_, number) => number);
      const found = await open().candidates(account, everything);
      expect(found).toMatchObject([{ reference: { id: references[0]?.id }, subject: living.subject }]);
      expect(await open().candidates(ELSEWHERE, [found[0]?.referenceNumber ?? 0])).toEqual([]);
      expect(await open().candidates(account, [])).toEqual([]);
    });

    it('finds subjects by name and external id, exactly', async () => {
      const account = `filters ${randomUUID()}` as AccountId;
      const ada = await inserted(person({ name: 'Ada', externalId: '1' }), account);
      const bob = await inserted(person({ name: 'Bob' }), account);
      const numbers = (field: 'name' | 'externalId', values: string[]) =>
        open().subjectNumbers(account, field, values);
      expect(await numbers('name', ['Ada', 'nobody'])).toEqual([ada.subjectNumber]);
      expect((await numbers('name', ['Ada', 'Bob'])).toSorted()).toEqual(
        [ada.subjectNumber, bob.subjectNumber].toSorted(),
      );
      expect(await numbers('name', ['ada', 'A%', ''])).toEqual([]);
      expect(await numbers('externalId', ['1'])).toEqual([ada.subjectNumber]);
    });

    it('names subjects whose time has come, the earliest first', async () => {
      const account = `expiry ${randomUUID()}` as AccountId;
      const at = (ms: number) => person({ expiresAt: new Date(ms) });
      const [late, early] = [await inserted(at(2000), account), await inserted(at(1000), account)];
      await inserted(at(Date.now() + 60_000), account);
      const due = (await open().expired(new Date(5000), 1000)).filter((one) => one.account === account);
      expect(due.map(({ id }) => id)).toEqual([early.subject.id, late.subject.id]);
    });

    it('has one effect for fifty uses of an idempotency key at once, and tells all of them of it', async () => {
      const account = `once ${randomUUID()}` as AccountId;
      const key = { key: 'k', fingerprint: 'f' };
      const create = () =>
        open().transaction(async (tx) => {
          const earlier = await tx.claim(account, key);
          if (earlier !== undefined) return earlier;
          const { subject } = await insertOne(tx, account, person({ name: 'once' }));
          await tx.remember(account, key, { id: subject.id });
          return { id: subject.id };
        });
      const answers = await Promise.all(Array.from({ length: 50 }, create));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await open().subjectNumbers(account, 'name', ['once'])).toHaveLength(1);
      expect(await open().rememberedAnswer(account, key)).toEqual(answers[0]);
      expect(await open().rememberedAnswer(ELSEWHERE, key)).toBeUndefined();
      const other = { key: 'k', fingerprint: 'another request' };
      await expect(open().rememberedAnswer(account, other)).rejects.toMatchObject({
        code: 'idempotency-conflict',
      });
      await expect(open().transaction((tx) => tx.claim(account, other))).rejects.toMatchObject({
        code: 'idempotency-conflict',
      });
    });

    it('gives a key free again when its transaction was undone', async () => {
      const account = `undone ${randomUUID()}` as AccountId;
      const key = { key: 'k', fingerprint: 'f' };
      const failing = open().transaction(async (tx) => {
        await tx.claim(account, key);
        throw new RangeError('of the caller');
      });
      await expect(failing).rejects.toThrow();
      expect(await open().transaction((tx) => tx.claim(account, key))).toBeUndefined();
    });

    it('lets one transaction at a time hold a name', async () => {
      const order: string[] = [];
      const holder = (label: string) =>
        open().transaction(async (tx) => {
          await tx.hold('the only one');
          order.push(`${label} in`);
          await new Promise((resolve) => setTimeout(resolve, 20));
          order.push(`${label} out`);
        });
      await Promise.all([holder('a'), holder('b'), holder('c')]);
      for (let i = 0; i < order.length; i += 2) {
        expect(order[i + 1]).toBe(order[i]?.replace('in', 'out'));
      }
    });
  });
}
