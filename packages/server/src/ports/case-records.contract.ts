import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { CASE_MOVES, CASE_STATES, type CaseState } from '../domain/cases/case.ts';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { CaseEnrolment, CaseProof, CaseRecords, Lease, NewCase } from './case-records.ts';
import type { Records } from './records.ts';

const HERE = 'here/facia' as AccountId;
const ELSEWHERE = 'elsewhere/facia' as AccountId;
const LONG_MS = 600_000;
const AT_ONCE = { afterMs: 0, isCounted: true };

const newBlobId = () => randomBytes(32).toString('hex');
const newLease = (reference: string): Lease => ({ reference, leaseId: randomUUID() });

const submission = (rest: Partial<NewCase> = {}): NewCase => ({
  space: HERE,
  reference: randomBytes(8).toString('hex').toUpperCase().slice(0, 15),
  kind: 'injection',
  clientReference: 'order 7',
  createdAt: new Date(1_700_000_000_000),
  sealedDataKey: randomBytes(68),
  media: [{ name: 'probe', contentType: 'image/jpeg', blobId: newBlobId() }],
  ...rest,
});

const proof = (rest: Partial<CaseProof> = {}): CaseProof => ({
  name: 'probe',
  contentType: 'image/jpeg',
  blobId: newBlobId(),
  id: randomBytes(12).toString('hex'),
  ...rest,
});

const enrolment = (rest: Partial<CaseEnrolment['subject']> = {}): CaseEnrolment => ({
  subject: {
    id: randomUUID(),
    name: '',
    externalId: randomUUID(),
    metadata: { case: 'ABC' },
    groupIds: [],
    sealedDataKey: randomBytes(68),
    createdAt: new Date(1_700_000_000_000),
    ...rest,
  },
  references: [
    {
      id: randomUUID(),
      contentType: 'application/octet-stream',
      metadata: {},
      packId: 'drawn@1.0.0',
      sealedTemplate: randomBytes(32),
      createdAt: new Date(1_700_000_000_000),
    },
  ],
  replacesLatest: false,
});

/** The promises of the CaseRecords port. The store is used by nobody else. */
export function caseRecordsContract(
  name: string,
  open: () => { readonly cases: CaseRecords; readonly records: Records },
): void {
  const cases = () => open().cases;
  const inserted = async (rest: Partial<NewCase> = {}) => {
    const submitted = submission(rest);
    expect(await cases().insert(submitted)).toBe(true);
    return submitted;
  };
  const claimed = async (leaseMs = LONG_MS) => {
    const claim = await cases().claim(leaseMs);
    if (claim === undefined) throw new Error('nothing was due');
    return claim;
  };

  describe(`${name} keeps the promises of CaseRecords`, () => {
    beforeEach(async () => {
      for (const left of await cases().createdBefore(new Date(Date.now() + LONG_MS), 1000)) {
        await cases().erase(left, 'of another test');
      }
    });

    it('gives a case back as it was submitted, to its own space alone', async () => {
      const submitted = await inserted();
      const { space, reference, kind, clientReference, createdAt } = submitted;
      const found = await cases().find({ space, reference });
      expect(found).toMatchObject({ space, reference, kind, clientReference, createdAt, state: 'pending' });
      expect(found?.proofs).toEqual([]);
      expect(found && Buffer.from(found.sealedDataKey)).toEqual(submitted.sealedDataKey);
      expect(await cases().find({ space: ELSEWHERE, reference })).toBeUndefined();
      expect(await cases().find({ space, reference: 'x\0' })).toBeUndefined();
    });

    it('takes a reference once, for all spaces', async () => {
      const { reference } = await inserted();
      expect(await cases().insert(submission({ reference, space: ELSEWHERE }))).toBe(false);
    });

    it('hands each case to one of many that claim at once', async () => {
      const references = await Promise.all(
        Array.from({ length: 20 }, async () => (await inserted()).reference),
      );
      const claims = await Promise.all(Array.from({ length: 30 }, () => cases().claim(LONG_MS)));
      // Those that met others on the way may have found nothing; nothing is found twice.
      const got = claims.flatMap((claim) => (claim === undefined ? [] : [claim.reference]));
      for (let more = await cases().claim(LONG_MS); more; more = await cases().claim(LONG_MS))
        got.push(more.reference);
      expect(got.toSorted()).toEqual(references.toSorted());
    });

    it('hands out the media and counts the attempt', async () => {
      const { media, reference } = await inserted();
      const claim = await claimed();
      expect(claim).toMatchObject({ reference, media, attempts: 1, kind: 'injection' });
      expect((await cases().find({ space: HERE, reference }))?.state).toBe('processing');
    });

    it('keeps decision and proofs in the place of the media', async () => {
      const { reference, media } = await inserted();
      const { lease } = await claimed();
      const shown = proof();
      expect(
        await cases().complete(lease, {
          isAccepted: true,
          sealedDecision: Uint8Array.of(1, 2),
          proofs: [shown],
        }),
      ).toBe(true);
      const found = await cases().find({ space: HERE, reference });
      expect(found).toMatchObject({ state: 'completed', proofs: [shown] });
      expect([...(found?.sealedDecision ?? [])]).toEqual([1, 2]);
      expect(await cases().findProof(shown.id)).toMatchObject({ ...shown, space: HERE, reference });
      expect(await open().records.unerasedBlobs(1000)).toEqual(
        expect.arrayContaining(media.map((m) => m.blobId)),
      );
    });

    it('keeps a blob that goes on being shown', async () => {
      const blobId = newBlobId();
      await inserted({ media: [{ name: 'video', contentType: 'video/mp4', blobId }] });
      const { lease } = await claimed();
      const shown = proof({ name: 'video', contentType: 'video/mp4', blobId });
      await cases().complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [shown] });
      expect(await open().records.unerasedBlobs(1000)).not.toContain(blobId);
      expect(await open().records.knownBlobs([blobId])).toEqual(new Set([blobId]));
    });

    describe('moves a case only as the table says', () => {
      const arrange: Record<CaseState, () => Promise<Lease>> = {
        pending: async () => {
          await inserted();
          const { lease } = await claimed();
          await cases().giveBack(lease, AT_ONCE);
          return lease;
        },
        processing: async () => {
          await inserted();
          return (await claimed()).lease;
        },
        completed: async () => {
          const lease = await arrange.processing();
          await cases().complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [] });
          return lease;
        },
        failed: async () => {
          const lease = await arrange.processing();
          await cases().fail(lease);
          return lease;
        },
        deleted: async () => {
          const lease = await arrange.processing();
          await cases().erase({ space: HERE, reference: lease.reference }, '');
          return lease;
        },
      };
      const forged = proof();
      const attempt: Record<CaseState, (lease: Lease) => Promise<boolean>> = {
        pending: (lease) => cases().giveBack(lease, AT_ONCE),
        processing: async () => (await cases().claim(LONG_MS)) !== undefined,
        completed: (lease) =>
          cases().complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(9), proofs: [forged] }),
        failed: (lease) => cases().fail(lease),
        deleted: async ({ reference }) => (await cases().erase({ space: HERE, reference }, '')) !== undefined,
      };
      const pairs = CASE_STATES.flatMap((from) => CASE_STATES.map((to) => ({ from, to })));
      it.each(pairs)('$from to $to', async ({ from, to }) => {
        const lease = await arrange[from]();
        const name = { space: HERE, reference: lease.reference };
        const before = await cases().find(name);
        const isLegal = CASE_MOVES[from].includes(to);
        expect(await attempt[to](lease)).toBe(isLegal);
        if (!isLegal) expect(await cases().find(name)).toEqual(before);
        else expect((await cases().find(name))?.state).toBe(to === 'deleted' ? undefined : to);
        if (!isLegal) expect(await cases().findProof(forged.id)).toBeUndefined();
      });

      const settled = CASE_STATES.filter((state) => state !== 'processing');
      it.each(settled)('%s stays so when cases are recovered', async (state) => {
        const lease = await arrange[state]();
        const name = { space: HERE, reference: lease.reference };
        const before = await cases().find(name);
        expect(await cases().recover(0)).toEqual([]);
        expect(await cases().find(name)).toEqual(before);
      });
    });

    it('refuses a lease that is another one, in every move', async () => {
      const { reference } = await inserted();
      await claimed();
      const other = newLease(reference);
      expect(
        await cases().complete(other, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [] }),
      ).toBe(false);
      expect(await cases().giveBack(other, AT_ONCE)).toBe(false);
      expect(await cases().fail(other)).toBe(false);
      expect(await cases().renew(other, LONG_MS)).toBe(false);
      expect((await cases().find({ space: HERE, reference }))?.state).toBe('processing');
    });

    it('puts a case whose worker died back; what the dead one still says does nothing', async () => {
      await inserted();
      const dead = await claimed(0);
      expect(await cases().recover(3)).toEqual([]);
      const next = await claimed();
      expect(next).toMatchObject({ reference: dead.reference, attempts: 2 });
      expect(
        await cases().complete(dead.lease, {
          isAccepted: true,
          sealedDecision: Uint8Array.of(1),
          proofs: [],
        }),
      ).toBe(false);
      expect(
        await cases().complete(next.lease, {
          isAccepted: true,
          sealedDecision: Uint8Array.of(2),
          proofs: [],
        }),
      ).toBe(true);
    });

    it('leaves a lease that has not lapsed to its holder', async () => {
      await inserted();
      const { lease } = await claimed();
      expect(await cases().recover(1)).toEqual([]);
      expect(await cases().claim(LONG_MS)).toBeUndefined();
      expect(await cases().fail(lease)).toBe(true);
    });

    it('leaves a case to whoever renews its lease in time', async () => {
      await inserted();
      const { lease } = await claimed(0);
      expect(await cases().renew(lease, LONG_MS)).toBe(true);
      expect(await cases().recover(1)).toEqual([]);
      expect(await cases().claim(LONG_MS)).toBeUndefined();
      expect(
        await cases().complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [] }),
      ).toBe(true);
    });

    it('renews a lease that has lapsed as long as nobody noticed', async () => {
      await inserted();
      const { lease } = await claimed(0);
      expect(await cases().renew(lease, 0)).toBe(true);
      expect(await cases().renew(lease, LONG_MS)).toBe(true);
      expect(await cases().recover(1)).toEqual([]);
    });

    it('says to whoever renews too late that the case is another one, settled or gone', async () => {
      const { reference } = await inserted();
      const dead = await claimed(0);
      await cases().recover(3);
      expect(await cases().renew(dead.lease, LONG_MS)).toBe(false);
      const { lease } = await claimed();
      expect(await cases().renew(dead.lease, 0)).toBe(false);
      await cases().complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [] });
      expect(await cases().renew(lease, LONG_MS)).toBe(false);
      await inserted();
      const erased = await claimed();
      await cases().erase({ space: HERE, reference: erased.reference }, '');
      expect(await cases().renew(erased.lease, LONG_MS)).toBe(false);
      expect((await cases().find({ space: HERE, reference }))?.state).toBe('completed');
    });

    it('lets one of many holders decide a case, whoever is first', async () => {
      const { reference } = await inserted();
      const leases: Lease[] = [];
      for (let i = 0; i < 5; i++) {
        leases.push((await claimed(0)).lease);
        await cases().recover(9);
      }
      const { lease } = await claimed();
      const decided = await Promise.all(
        [...leases, lease, lease].map((one, i) =>
          cases().complete(one, { isAccepted: true, sealedDecision: Uint8Array.of(i), proofs: [] }),
        ),
      );
      expect(decided.slice(0, 5)).toEqual(leases.map(() => false));
      expect(decided.filter((isKept) => isKept)).toHaveLength(1);
      expect((await cases().find({ space: HERE, reference }))?.state).toBe('completed');
    });

    it('sets a case aside that killed three workers, and goes on with the others', async () => {
      const poison = await inserted();
      for (let kills = 0; kills < 3; kills++) {
        expect((await claimed(0)).attempts).toBe(kills + 1);
        const failed = await cases().recover(3);
        const { space, reference, kind } = poison;
        expect(failed).toEqual(kills === 2 ? [{ space, reference, kind, attempts: 3 }] : []);
      }
      expect(await cases().claim(LONG_MS)).toBeUndefined();
      expect((await cases().find({ space: HERE, reference: poison.reference }))?.state).toBe('failed');
      const { reference } = await inserted();
      expect((await claimed()).reference).toBe(reference);
    });

    it('waits with a case that was given back, and counts the attempt where that is wanted', async () => {
      await inserted();
      const first = await claimed();
      await cases().giveBack(first.lease, { afterMs: 0, isCounted: false });
      const second = await claimed();
      expect(second.attempts).toBe(1);
      await cases().giveBack(second.lease, { afterMs: LONG_MS, isCounted: true });
      expect(await cases().claim(LONG_MS)).toBeUndefined();
    });

    it('leaves nothing of an erased case but its reference, and names its blobs', async () => {
      const { space, reference, media } = await inserted();
      const name = { space, reference };
      const [{ blobId = '' } = {}] = media;
      expect(await cases().erase({ space: ELSEWHERE, reference }, 'no')).toBeUndefined();
      expect(await cases().erase(name, 'asked for')).toEqual([blobId]);
      expect(await cases().find(name)).toBeUndefined();
      expect(await cases().erase(name, 'again')).toBeUndefined();
      expect(await cases().insert(submission({ reference }))).toBe(false);
      expect(await open().records.unerasedBlobs(1000)).toContain(blobId);
      expect(await open().records.knownBlobs([blobId])).toEqual(new Set());
    });

    it('names what the decision replaced a moment ago among the blobs of an erased case', async () => {
      const { space, reference, media } = await inserted();
      const { lease } = await claimed();
      const shown = proof();
      await cases().complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [shown] });
      const blobIds = [...media.map(({ blobId }) => blobId), shown.blobId];
      expect((await cases().erase({ space, reference }, ''))?.toSorted()).toEqual(blobIds.toSorted());
    });

    it('gives up a case that is erased while it is examined', async () => {
      const { reference } = await inserted();
      const { lease } = await claimed(0);
      await cases().erase({ space: HERE, reference }, '');
      const shown = proof();
      expect(
        await cases().complete(lease, {
          isAccepted: true,
          sealedDecision: Uint8Array.of(1),
          proofs: [shown],
        }),
      ).toBe(false);
      expect(await cases().recover(1)).toEqual([]);
      expect(await cases().findProof(shown.id)).toBeUndefined();
    });

    it('shows nothing of an erased case any more', async () => {
      const lease = await (async () => {
        await inserted();
        return (await claimed()).lease;
      })();
      const shown = proof();
      await cases().complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [shown] });
      await cases().erase({ space: HERE, reference: lease.reference }, '');
      expect(await cases().findProof(shown.id)).toBeUndefined();
      expect(await cases().findProof('\0')).toBeUndefined();
    });

    describe('enrols', () => {
      const decision = { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [] };
      const isEnrolled = async ({ subject }: CaseEnrolment) => {
        const found = await open().records.subjectByExternalId(HERE, subject.externalId ?? '');
        return found?.id === subject.id;
      };
      const completedWith = async (enrolled: CaseEnrolment) => {
        const { reference, space } = await inserted({ enrol: 'add' });
        const { lease, enrol } = await claimed();
        expect(enrol).toBe('add');
        expect(await cases().complete(lease, { ...decision, enrolment: enrolled })).toBe(true);
        return { reference, space };
      };

      it('with the decision, and removes with the case, in its own space', async () => {
        const enrolled = enrolment();
        const name = await completedWith(enrolled);
        expect(await isEnrolled(enrolled)).toBe(true);
        const externalId = enrolled.subject.externalId ?? '';
        expect(await open().records.subjectByExternalId(ELSEWHERE, externalId)).toBeUndefined();
        expect(await open().records.sealedTemplates(HERE, externalId, 'drawn@1.0.0')).toHaveLength(1);
        expect(await cases().erase({ ...name, space: ELSEWHERE }, '')).toBeUndefined();
        expect(await isEnrolled(enrolled)).toBe(true);
        await cases().erase(name, 'asked for');
        expect(await isEnrolled(enrolled)).toBe(false);
        expect(await open().records.sealedTemplates(HERE, externalId, 'drawn@1.0.0')).toEqual([]);
      });

      it('nobody with a lease that is lost, or a key that is retired: then nothing is decided', async () => {
        const { reference } = await inserted({ enrol: 'add' });
        const { lease } = await claimed();
        const lost = enrolment();
        expect(await cases().complete(newLease(reference), { ...decision, enrolment: lost })).toBe(false);
        expect(await isEnrolled(lost)).toBe(false);
        const master = randomBytes(8);
        await open().records.transaction((transaction) => transaction.retireMasterKeys([master]));
        const retired = enrolment({ sealedDataKey: Buffer.concat([master, randomBytes(60)]) });
        await expect(cases().complete(lease, { ...decision, enrolment: retired })).rejects.toMatchObject({
          code: 'unavailable',
        });
        expect((await cases().find({ space: HERE, reference }))?.state).toBe('processing');
      });

      it('in the place of the latest of the same name alone', async () => {
        const externalId = randomUUID();
        const [first, second] = [enrolment({ externalId }), enrolment({ externalId })].toSorted((a, b) =>
          a.subject.id < b.subject.id ? -1 : 1,
        );
        if (first === undefined || second === undefined) throw new Error('two were made');
        const names = [await completedWith(first), await completedWith(second)];
        const third = { ...enrolment({ externalId }), replacesLatest: true };
        names.push(await completedWith(third));
        const subject = ({ subject: { id } }: CaseEnrolment) => open().records.subject(HERE, id);
        expect(await subject(first)).toBeDefined();
        expect(await subject(second)).toBeUndefined();
        expect(await subject(third)).toBeDefined();
        for (const name of names) expect(await cases().erase(name, '')).toBeDefined();
        expect([await subject(first), await subject(third)]).toEqual([undefined, undefined]);
      });

      it('people whose cases do not grow old', async () => {
        const name = await completedWith(enrolment());
        const old = () => cases().createdBefore(new Date(Date.now() + LONG_MS), 10);
        expect(await old()).toEqual([]);
        expect(await cases().erase(name, '')).toEqual(expect.any(Array));
      });
    });

    it('names cases from before a moment, oldest first', async () => {
      const at = (ms: number) => ({ createdAt: new Date(1_600_000_000_000 + ms) });
      const [late, early] = [await inserted(at(2)), await inserted(at(1))];
      await inserted(at(3));
      const found = await cases().createdBefore(new Date(1_600_000_000_003), 10);
      expect(found.map(({ reference }) => reference)).toEqual([early.reference, late.reference]);
      expect(await cases().createdBefore(new Date(1_600_000_000_003), 1)).toHaveLength(1);
    });

    it('calls back when something is to be done', async () => {
      let calls = 0;
      const end = await cases().onChange(() => void calls++);
      await inserted();
      await expect.poll(() => calls, { timeout: 5000 }).toBeGreaterThan(0);
      await end();
    });

    it('pages through the sealed keys and replaces those that are still the ones meant', async () => {
      const made = [await inserted(), await inserted(), await inserted()];
      await cases().erase({ space: HERE, reference: made[2]?.reference ?? '' }, '');
      const keys = [];
      for (let page = await cases().sealedKeys(0, 1); page.length > 0; ) {
        keys.push(...page);
        page = await cases().sealedKeys(page[0]?.caseNumber ?? 0, 1);
      }
      expect(keys.map(({ reference }) => reference)).toEqual(
        made.slice(0, 2).map(({ reference }) => reference),
      );
      const after = randomBytes(68);
      const changes = keys.map(({ caseNumber, sealedDataKey }, i) => ({
        caseNumber,
        before: i === 0 ? sealedDataKey : after,
        after,
      }));
      expect(await cases().replaceSealedKeys(changes)).toBe(1);
      const [first] = await cases().sealedKeys(0, 1);
      expect(first && Buffer.from(first.sealedDataKey)).toEqual(after);
      expect(await cases().replaceSealedKeys([])).toBe(0);
    });

    it('keeps no case whose key a retired master key sealed', async () => {
      const master = randomBytes(8);
      await open().records.transaction((transaction) => transaction.retireMasterKeys([master]));
      const sealedDataKey = Buffer.concat([master, randomBytes(60)]);
      const submitted = submission({ sealedDataKey });
      await expect(cases().insert(submitted)).rejects.toMatchObject({ code: 'unavailable' });
      expect(await cases().find(submitted)).toBeUndefined();
    });
  });
}
