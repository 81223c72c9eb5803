import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { spaceOf } from '../domain/accounts/space-of.ts';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { AccountStore } from './accounts.ts';
import { newAccountId } from './callbacks.contract.ts';
import type { CallbackStore } from './callbacks.ts';
import type { CaseRecords, Lease } from './case-records.ts';
import type { NoticeQueue } from './notices.ts';

interface Opened {
  readonly notices: NoticeQueue;
  readonly callbacks: CallbackStore;
  readonly cases: CaseRecords;
  readonly accounts: AccountStore;
}

const LONG_MS = 600_000;
const URL = 'https://hooks.example/';

/** The promises of the NoticeQueue port. The store is used by nobody else. */
export function noticeQueueContract(name: string, open: () => Opened): void {
  const notices = () => open().notices;

  /** An account with a callback, unless it is to have none. */
  const opened = async ({ hasCallback = true } = {}) => {
    const owner = { account: await newAccountId(open().accounts), door: 'facia' as const };
    const space = spaceOf(owner.account, owner.door);
    if (hasCallback) await open().callbacks.put({ ...owner, url: URL });
    return { owner, space, submitted: () => submitted(space) };
  };
  const submitted = async (space: AccountId): Promise<string> => {
    const reference = randomBytes(8).toString('hex').toUpperCase().slice(0, 15);
    const inserted = await open().cases.insert({
      space,
      reference,
      kind: 'injection',
      clientReference: 'order 7',
      createdAt: new Date(),
      sealedDataKey: randomBytes(68),
      media: [],
    });
    expect(inserted).toBe(true);
    return reference;
  };
  const examined = async (): Promise<Lease> => {
    const claimed = await open().cases.claim(LONG_MS);
    if (claimed === undefined) throw new Error('no case was due');
    return claimed.lease;
  };
  const claimed = async (leaseMs = LONG_MS) => {
    const claim = await notices().claim(leaseMs);
    if (claim === undefined) throw new Error('no notice was due');
    return claim;
  };
  /** Tells all that is due. @returns what was told, each as `event reference`. */
  const told = async (): Promise<string[]> => {
    const heard: string[] = [];
    for (let claim = await notices().claim(LONG_MS); claim; claim = await notices().claim(LONG_MS)) {
      heard.push(`${claim.notice.event} ${claim.notice.reference}`);
      expect(await notices().settle(claim.lease)).toBe(true);
    }
    return heard;
  };

  describe(`${name} keeps the promises of NoticeQueue`, () => {
    beforeEach(async () => {
      for (const callback of await open().callbacks.list()) await open().callbacks.remove(callback);
      for (const left of await open().cases.createdBefore(new Date(Date.now() + LONG_MS), 1000)) {
        await open().cases.erase(left, 'of another test');
      }
    });

    it('hands out what the case and its callback are, and the same id at each attempt', async () => {
      const { owner, space, submitted: submit } = await opened();
      const reference = await submit();
      const first = await claimed(0);
      expect(first.callback).toEqual({ ...owner, url: URL });
      expect(first).toMatchObject({ space, attempts: 1 });
      const { id, ...rest } = first.notice;
      expect(rest).toEqual({ event: 'submitted', reference, kind: 'injection', clientReference: 'order 7' });
      expect(await claimed()).toMatchObject({ notice: { id }, attempts: 2 });
    });

    it('holds one notice for each event of a case, in their order', async () => {
      const { submitted: submit } = await opened();
      const accepted = await submit();
      const ending = { sealedDecision: Uint8Array.of(1), proofs: [] };
      await open().cases.complete(await examined(), { ...ending, isAccepted: true });
      const declined = await submit();
      await open().cases.complete(await examined(), { ...ending, isAccepted: false });
      const failed = await submit();
      await open().cases.fail(await examined());
      expect(await told()).toEqual([
        `submitted ${accepted}`,
        `accepted ${accepted}`,
        `submitted ${declined}`,
        `declined ${declined}`,
        `submitted ${failed}`,
        `failed ${failed}`,
      ]);
      expect(await told()).toEqual([]);
    });

    it('holds one of a case that killed its workers', async () => {
      const { submitted: submit } = await opened();
      const reference = await submit();
      await open().cases.claim(0);
      await open().cases.recover(1);
      await open().cases.recover(1);
      expect(await told()).toEqual([`submitted ${reference}`, `failed ${reference}`]);
    });

    it('holds none of what was not kept: a reference that is taken, a lease that is lost', async () => {
      const { space, submitted: submit } = await opened();
      const reference = await submit();
      const twin = { space, reference, kind: 'injection', createdAt: new Date(), media: [] } as const;
      expect(await open().cases.insert({ ...twin, sealedDataKey: randomBytes(68) })).toBe(false);
      await examined();
      const lost = { reference, leaseId: randomUUID() };
      const outcome = { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs: [] };
      expect(await open().cases.complete(lost, outcome)).toBe(false);
      expect(await open().cases.fail(lost)).toBe(false);
      expect(await told()).toEqual([`submitted ${reference}`]);
    });

    it('holds none of an account without a callback, not even once it has one', async () => {
      const { owner, submitted: submit } = await opened({ hasCallback: false });
      await submit();
      await open().callbacks.put({ ...owner, url: URL });
      expect(await told()).toEqual([]);
    });

    it('hands each to one of many that claim at once, and one of a space at a time', async () => {
      const spaces = await Promise.all(Array.from({ length: 10 }, () => opened()));
      const references = await Promise.all(spaces.map(({ submitted: submit }) => submit()));
      const claims = await Promise.all(Array.from({ length: 25 }, () => notices().claim(LONG_MS)));
      // Those that met others on the way may have found nothing; nothing is found twice.
      const got = claims.flatMap((claim) => (claim === undefined ? [] : [claim.notice.reference]));
      for (let more = await notices().claim(LONG_MS); more; more = await notices().claim(LONG_MS))
        got.push(more.notice.reference);
      expect(got.toSorted()).toEqual(references.toSorted());
    });

    it('keeps the others of a space waiting while one is told, and nobody else', async () => {
      const [slow, quick] = [await opened(), await opened()];
      const first = await slow.submitted();
      await slow.submitted();
      const other = await quick.submitted();
      const told = await claimed();
      expect(told.notice.reference).toBe(first);
      expect((await claimed()).notice.reference).toBe(other);
      expect(await notices().claim(LONG_MS)).toBeUndefined();
      await notices().postpone(told.lease, { afterMs: LONG_MS, reason: 'answered 500' });
      expect((await claimed()).attempts).toBe(1);
    });

    it('hands out again what a dead node had taken; what that one still says does nothing', async () => {
      const { submitted: submit } = await opened();
      await submit();
      const dead = await claimed(0);
      const next = await claimed();
      expect(next).toMatchObject({ notice: dead.notice, attempts: 2 });
      expect(await notices().settle(dead.lease)).toBe(false);
      expect(await notices().postpone(dead.lease, { afterMs: 0, reason: '' })).toBe(false);
      expect(await notices().giveBack(dead.lease)).toBe(false);
      expect(await notices().abandon(dead.lease, '')).toBe(false);
      expect(await notices().settle(next.lease)).toBe(true);
    });

    it('waits with what was postponed, and not with what was given back', async () => {
      const { submitted: submit } = await opened();
      await submit();
      expect(await notices().giveBack((await claimed()).lease)).toBe(true);
      const again = await claimed();
      expect(again.attempts).toBe(1);
      await notices().postpone(again.lease, { afterMs: 0, reason: 'answered 500' });
      const third = await claimed();
      expect(third.attempts).toBe(2);
      await notices().postpone(third.lease, { afterMs: LONG_MS, reason: 'answered 500' });
      expect(await notices().claim(LONG_MS)).toBeUndefined();
    });

    it('keeps what was given up for the operator, and hands it out no more', async () => {
      const { owner, submitted: submit } = await opened();
      const reference = await submit();
      await submit();
      expect(await notices().abandon((await claimed()).lease, 'answered 404')).toBe(true);
      expect(await notices().backlog(owner)).toEqual({
        waiting: 1,
        givenUp: [{ reference, event: 'submitted', reason: 'answered 404', at: expect.any(Date) }],
      });
      expect(await told()).toHaveLength(1);
      expect((await notices().backlog(owner)).waiting).toBe(0);
    });

    it('tells nothing more of an erased case, not even what is being told', async () => {
      const { owner, space, submitted: submit } = await opened();
      const [erased, kept] = [await submit(), await submit()];
      await open().cases.complete(await examined(), {
        isAccepted: true,
        sealedDecision: Uint8Array.of(1),
        proofs: [],
      });
      const { lease, notice } = await claimed();
      expect(notice.reference).toBe(erased);
      await open().cases.erase({ space, reference: erased }, '');
      expect(await notices().settle(lease)).toBe(false);
      expect(await told()).toEqual([`submitted ${kept}`]);
      expect(await notices().backlog(owner)).toEqual({ waiting: 0, givenUp: [] });
    });

    it('sends what waits where the callback leads by then, and nothing once it is removed', async () => {
      const { owner, submitted: submit } = await opened();
      await submit();
      await open().callbacks.put({ ...owner, url: 'https://new.example/' });
      const { callback, lease } = await claimed();
      expect(callback.url).toBe('https://new.example/');
      await notices().giveBack(lease);
      await open().callbacks.remove(owner);
      await submit();
      expect(await notices().claim(LONG_MS)).toBeUndefined();
    });

    it('fails no case whose callback is removed at this moment', async () => {
      for (let round = 0; round < 10; round++) {
        const { owner, submitted: submit } = await opened();
        await Promise.all([submit(), submit(), open().callbacks.remove(owner), submit()]);
        expect(await notices().backlog(owner)).toEqual({ waiting: 0, givenUp: [] });
      }
    });
  });
}
