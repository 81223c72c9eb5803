import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { clipOf, drawPicture } from '@facegate/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type CasesNode,
  type CasesNodeOptions,
  newDataFolder,
  openCasesNode,
} from './cases-under-test.contract.ts';
import { type OpenServer, SERVERS_UNDER_TEST } from './database-under-test.contract.ts';
import { examineNext, runCases } from './domain/cases/case-runner.ts';
import { sweepScratch } from './domain/cases/keep-cases.ts';
import { ATTEMPT_MS } from './domain/cases/policy.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import { errors } from './domain/errors.ts';
import type { CaseRecords } from './ports/case-records.ts';
import { openStore, type StoreUnderTest } from './store-under-test.contract.ts';

const HERE = 'here/facia' as AccountId;
const FOREVER = () => new Promise<void>(() => {});
/** Short, so that a test sees one lapse; every renewal is still a hundred milliseconds away. */
const LEASE_MS = 300;

const [bundled] = SERVERS_UNDER_TEST;
let server: OpenServer;
let store: StoreUnderTest;
beforeAll(async () => {
  server = await bundled.open();
  store = await openStore(await server.createDatabase());
}, 60_000);
afterAll(async () => {
  await store?.close();
  await server?.close();
});
beforeEach(async () => void (await store.pool.query('truncate facegate.media_case cascade')));

const open = (options: CasesNodeOptions) => openCasesNode(store, { leaseMs: LEASE_MS, ...options });
const never = new AbortController().signal;

async function submitClip(node: CasesNode): Promise<string> {
  const bytes = clipOf([await drawPicture([{ identity: 1, x: 60, y: 40 }])]);
  const media = { probe: { bytes, type: 'video' } } as const;
  return (await node.submit(HERE, { kind: 'injection', media })).reference;
}

const stateOf = async ({ find }: CasesNode, reference: string) => (await find(HERE, reference)).state;

/** As a picture that somebody waits with. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { gate: () => opened, open: () => open() };
}

/** A store that fails each renewal as long as `isAway`, and counts them. */
function failingRenewals({ parts }: CasesNode) {
  const state = { isAway: true, failed: 0 };
  const renew: CaseRecords['renew'] = async (...given) => {
    if (!state.isAway) return parts.cases.renew(...given);
    state.failed++;
    throw errors.unavailable('of the test');
  };
  return { state, parts: { ...parts, cases: { ...parts.cases, renew } } };
}

const filesIn = async ({ folder }: CasesNode, name: string): Promise<string[]> => {
  const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

describe('a case that is examined', () => {
  it('for longer than a lease lasts stays with its worker', async () => {
    const folder = await newDataFolder();
    const { gate: wait, open: letGo } = gate();
    const [slow, other] = [await open({ folder, gate: wait }), await open({ folder })];
    const reference = await submitClip(slow);
    const examining = slow.examineNext();
    const until = performance.now() + 4 * LEASE_MS;
    await expect.poll(() => stateOf(slow, reference)).toBe('processing');
    while (performance.now() < until) expect(await other.examineNext()).toBe(false);
    letGo();
    await examining;
    expect(await stateOf(slow, reference)).toBe('completed');
    expect(slow.written).toMatchObject([{ action: 'case.decide', details: { reference, attempts: 1 } }]);
    expect(other.written).toEqual([]);
  });

  it('by a worker that falls silent is decided by another as soon as the lease is over', async () => {
    const folder = await newDataFolder();
    const [dead, other] = [await open({ folder }), await open({ folder })];
    const reference = await submitClip(dead);
    await dead.parts.cases.claim(LEASE_MS);
    const end = runCases(other.parts);
    expect((await other.settled(HERE, reference, AbortSignal.timeout(10_000))).state).toBe('completed');
    await end();
    expect(other.written).toMatchObject([{ details: { reference, attempts: 2 } }]);
  });

  it('and taken by another meanwhile is given up at once, and decided by that one alone', async () => {
    const folder = await newDataFolder();
    const [late, other] = [await open({ folder, gate: FOREVER }), await open({ folder })];
    const reference = await submitClip(late);
    const examining = late.examineNext();
    await expect.poll(() => filesIn(late, 'scratch')).toHaveLength(1);
    await late.makeDue();
    expect(await other.examineNext()).toBe(true);
    await examining;
    expect(await filesIn(late, 'scratch')).toEqual([]);
    expect([...late.written, ...late.failures]).toEqual([]);
    expect(other.written).toMatchObject([{ outcome: 'accepted', details: { reference, attempts: 2 } }]);
  });

  it('and erased through another node is given up at once, with nothing left of it', async () => {
    const folder = await newDataFolder();
    const [examines, erases] = [await open({ folder, gate: FOREVER }), await open({ folder })];
    const reference = await submitClip(examines);
    const examining = examines.examineNext();
    await expect.poll(() => filesIn(examines, 'scratch')).toHaveLength(1);
    await erases.erase(HERE, reference, '');
    await examining;
    expect([...(await filesIn(examines, 'scratch')), ...(await filesIn(examines, 'blobs'))]).toEqual([]);
    expect([...examines.written, ...examines.failures]).toEqual([]);
  });
});

describe('while the store answers no renewal', () => {
  it('a case is examined on, and decided once the store is back', async () => {
    const { gate: wait, open: letGo } = gate();
    const node = await open({ gate: wait });
    const reference = await submitClip(node);
    const { state, parts } = failingRenewals(node);
    const examining = examineNext(parts, never);
    // Longer than the lease.
    await expect.poll(() => state.failed, { timeout: 5000 }).toBeGreaterThan(4);
    state.isAway = false;
    letGo();
    await examining;
    expect(await stateOf(node, reference)).toBe('completed');
    expect(node.written).toMatchObject([{ outcome: 'accepted', details: { attempts: 1 } }]);
    expect(node.failures).toMatchObject(
      Array.from({ length: state.failed }, () => ({ code: 'unavailable' })),
    );
  });

  it('another that reaches it may take the case; who lost it hears of it when the store is back', async () => {
    const folder = await newDataFolder();
    const [cutOff, other] = [await open({ folder, gate: FOREVER }), await open({ folder })];
    const reference = await submitClip(cutOff);
    const { state, parts } = failingRenewals(cutOff);
    const examining = examineNext(parts, never);
    await expect.poll(() => stateOf(other, reference)).toBe('processing');
    await expect.poll(() => other.examineNext(), { timeout: 5000 }).toBe(true);
    expect(await stateOf(other, reference)).toBe('completed');
    state.isAway = false;
    await examining;
    expect(cutOff.written).toEqual([]);
    expect(other.written).toMatchObject([{ details: { reference, attempts: 2 } }]);
  });

  it('attempts whose decision the store could not keep do not count', async () => {
    const node = await open({});
    const reference = await submitClip(node);
    let refusals = 0;
    const complete: CaseRecords['complete'] = async (...given) => {
      if (++refusals > 4) return node.parts.cases.complete(...given);
      throw errors.unavailable('of the test');
    };
    const parts = { ...node.parts, cases: { ...node.parts.cases, complete } };
    while (refusals <= 4) {
      await node.makeDue();
      await examineNext(parts, never);
    }
    expect(await stateOf(node, reference)).toBe('completed');
    expect(node.written).toMatchObject([{ details: { attempts: 1 } }]);
  });
});

it('leaves the file of a clip alone for as long as a worker may be at it', async () => {
  const node = await open({ gate: FOREVER });
  const reference = await submitClip(node);
  const examining = node.examineNext();
  await expect.poll(() => filesIn(node, 'scratch')).toHaveLength(1);
  const sweepIn = (ms: number) =>
    sweepScratch({ ...node.parts, requestMsMax: 0, clock: { now: () => new Date(Date.now() + ms) } });
  await sweepIn(ATTEMPT_MS);
  expect(await filesIn(node, 'scratch')).toHaveLength(1);
  await sweepIn(2 * ATTEMPT_MS);
  expect(await filesIn(node, 'scratch')).toEqual([]);
  await node.erase(HERE, reference, '');
  await examining;
});
