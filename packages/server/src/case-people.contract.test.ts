import { drawPicture } from '@facegate/testkit';
import { describe, expect, it } from 'vitest';
import { createErasedCases } from './adapters/postgres/erased-cases.ts';
import { type CasesNode, dying, newDataFolder, openCasesNode } from './cases-under-test.contract.ts';
import type { Case, CaseDecision } from './domain/cases/case.ts';
import type { Media, Submission } from './domain/cases/cases.ts';
import { eraseOldCases } from './domain/cases/keep-cases.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import { useStore } from './server-in-use.contract.ts';

const store = useStore();

let spaces = 0;
const newSpace = () => `account-${++spaces}/facia` as AccountId;
const face = async (identity: number): Promise<Media> => ({
  bytes: await drawPicture([{ identity, x: 60, y: 40 }]),
  type: 'image',
});
const nobody = async (): Promise<Media> => ({ bytes: await drawPicture([]), type: 'image' });
const enrolmentOf = (probe: Media, rest: Partial<Submission> = {}): Submission => ({
  kind: 'enrolment',
  media: { probe },
  enrol: 'add',
  ...rest,
});

async function decided(node: CasesNode, space: AccountId, submission: Submission): Promise<Case> {
  const { reference } = await node.submit(space, submission);
  while (await node.examineNext());
  return node.find(space, reference);
}

/** The transaction that enrolled whom a search finds. */
async function foundBy(node: CasesNode, space: AccountId, identity: number): Promise<string | undefined> {
  const { decision } = await decided(node, space, {
    kind: 'identification',
    media: { probe: await face(identity) },
  });
  if (decision?.kind !== 'identification') throw new Error('the search was not decided');
  expect(decision.isAccepted).toBe(true);
  return decision.candidate?.reference;
}

/** What the store has of whom a space enrolled. */
async function enrolledIn(space: AccountId) {
  const { rows } = await store.pool.query<{ external_id: string | null; references: string }>(
    `select s.external_id, count(r.number) as references
     from facegate.subject s left join facegate.reference r on r.subject_number = s.number
     where s.account = $1 group by s.number order by s.number`,
    [space],
  );
  return rows.map(({ external_id, references }) => [external_id, Number(references)]);
}

describe('whom a case enrols', () => {
  it('is found by the transaction and the name, with every picture, in its own space alone', async () => {
    const [node, here, elsewhere] = [await openCasesNode(store), newSpace(), newSpace()];
    const media = { probe: await face(11), further: [await face(12)] };
    const submission = { kind: 'enrolment', clientReference: 'customer 7', enrol: 'add', media } as const;
    const { reference, decision, proofs } = await decided(node, here, submission);
    expect(decision).toMatchObject({ kind: 'enrolment', isAccepted: true, causes: [] });
    expect(proofs).toEqual(['probe']);
    expect(await enrolledIn(here)).toEqual([['customer 7', 2]]);
    const search = { kind: 'identification', media: { probe: await face(12) } } as const;
    expect((await decided(node, here, search)).decision).toMatchObject({
      candidate: { reference, clientReference: 'customer 7', falseMatchRate: expect.any(Number) },
    });
    expect(await foundBy(node, here, 11)).toBe(reference);
    expect(await foundBy(node, here, 13)).toBeUndefined();
    expect(await foundBy(node, elsewhere, 11)).toBeUndefined();
  });

  it.each([
    ['an age estimation', 'age-estimation'],
    ['a search', 'identification'],
    ['a verification', 'verification'],
  ] as const)('is the probe of %s that asks for it, once that is decided', async (_title, kind) => {
    const [node, space] = [await openCasesNode(store), newSpace()];
    const media = { probe: await face(11), reference: await face(11) };
    await decided(node, space, { kind, media });
    expect(await foundBy(node, space, 11)).toBeUndefined();
    const { reference, decision } = await decided(node, space, { kind, media, enrol: 'add' });
    expect(decision?.isAccepted).toBe(true);
    if (decision?.kind === 'identification') expect(decision).not.toHaveProperty('candidate');
    expect(await foundBy(node, space, 11)).toBe(reference);
    expect(await enrolledIn(space)).toEqual([[null, 1]]);
  });

  it('is nobody when the case is declined', async () => {
    const [node, space] = [await openCasesNode(store), newSpace()];
    const pair = { probe: await face(11), reference: await face(12) };
    const declined: [Submission, CaseDecision['causes']][] = [
      [{ kind: 'verification', media: pair, enrol: 'add' }, ['not-matched']],
      [enrolmentOf(await nobody()), ['no-face']],
      [
        enrolmentOf(await face(11), { media: { probe: await face(11), further: [await nobody()] } }),
        ['no-face'],
      ],
      [{ kind: 'age-estimation', media: { probe: await nobody() }, enrol: 'add' }, ['no-face']],
      [{ kind: 'identification', media: { probe: await nobody() }, enrol: 'add' }, ['no-face']],
    ];
    for (const [submission, causes] of declined) {
      const { decision } = await decided(node, space, submission);
      expect(decision).toMatchObject({ isAccepted: false, causes });
      expect(decision).not.toHaveProperty('enrolledSubjectId');
    }
    expect(await enrolledIn(space)).toEqual([]);
  });

  it('joins who has the name already, or takes the place of the latest', async () => {
    const [node, space] = [await openCasesNode(store), newSpace()];
    const named = async (identity: number, enrol: 'add' | 'replace-latest') =>
      decided(node, space, enrolmentOf(await face(identity), { clientReference: 'customer 7', enrol }));
    const first = await named(11, 'replace-latest');
    const second = await named(12, 'add');
    const third = await named(13, 'replace-latest');
    expect(await enrolledIn(space)).toEqual([
      ['customer 7', 1],
      ['customer 7', 1],
    ]);
    expect(await foundBy(node, space, 11)).toBe(first.reference);
    expect(await foundBy(node, space, 12)).toBeUndefined();
    expect(await foundBy(node, space, 13)).toBe(third.reference);
    await node.erase(space, second.reference, 'its face is gone already');
    expect(await enrolledIn(space)).toHaveLength(2);
  });

  it('is enrolled exactly once, wherever the worker dies', async () => {
    const folder = await newDataFolder();
    let deaths = 0;
    for (let at = 1; ; at++) {
      const [node, space] = [await openCasesNode(store, { folder }), newSpace()];
      const { reference } = await node.submit(space, enrolmentOf(await face(11)));
      const { diesAt, isDead } = dying(node, at);
      await diesAt().catch(() => undefined);
      await node.makeDue();
      while (await node.examineNext());
      expect((await node.find(space, reference)).state).toBe('completed');
      expect(await enrolledIn(space)).toEqual([[null, 1]]);
      if (!isDead()) break;
      deaths++;
    }
    expect(deaths).toBeGreaterThanOrEqual(4);
  });

  it('is found on other nodes from its answer on, and lost there with its case', async () => {
    const folder = await newDataFolder();
    const [enrols, searches] = [
      await openCasesNode(store, { folder }),
      await openCasesNode(store, { folder }),
    ];
    const space = newSpace();
    const { reference } = await decided(enrols, space, enrolmentOf(await face(11)));
    expect(await foundBy(searches, space, 11)).toBe(reference);
    await enrols.erase(space, reference, 'asked for');
    expect(await foundBy(searches, space, 11)).toBeUndefined();
  });

  it('is written down, and so is who was searched for', async () => {
    const [node, space] = [await openCasesNode(store), newSpace()];
    const { reference } = await decided(
      node,
      space,
      enrolmentOf(await face(11), { clientReference: 'secret' }),
    );
    await foundBy(node, space, 11);
    await foundBy(node, space, 12);
    const [enrolled, found, missed] = node.written.filter(({ action }) => action !== 'case.decide');
    const line = { account: space, actor: 'server' };
    const subjects = [expect.stringMatching(/^[0-9a-f-]{36}$/)];
    const details = { reference };
    expect(enrolled).toEqual({ ...line, action: 'subject.enrol', outcome: 'done', subjects, details });
    expect(found).toMatchObject({
      action: 'face.search',
      outcome: 'candidates',
      subjects: enrolled?.subjects,
    });
    expect(missed).toMatchObject({ action: 'face.search', outcome: 'no-candidate', subjects: [] });
    expect(JSON.stringify(node.written)).not.toContain('secret');
  });
});

describe('an erased case', () => {
  it('takes whom it enrolled with it: record, template and key, and they are found no more', async () => {
    const [node, space, other] = [await openCasesNode(store), newSpace(), newSpace()];
    const { reference } = await decided(
      node,
      space,
      enrolmentOf(await face(11), { clientReference: 'customer 7' }),
    );
    const kept = await decided(node, space, enrolmentOf(await face(12), { clientReference: 'customer 7' }));
    expect(await foundBy(node, space, 11)).toBe(reference);
    await expect(node.erase(other, reference, 'no')).rejects.toMatchObject({ code: 'not-found' });
    await node.erase(space, reference, 'asked for');
    expect(await foundBy(node, space, 11)).toBeUndefined();
    expect(await foundBy(node, space, 12)).toBe(kept.reference);
    expect(await enrolledIn(space)).toEqual([['customer 7', 1]]);
    expect(await createErasedCases(store.pool).find(reference)).toMatchObject({ held: { persons: 1 } });
  });

  it('enrols nobody when it is erased while it is examined', async () => {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const [node, space] = [await openCasesNode(store, { gate: () => gate }), newSpace()];
    const eraser = await openCasesNode(store, { folder: node.folder });
    const { reference } = await node.submit(space, enrolmentOf(await face(11)));
    const examining = node.examineNext();
    await expect.poll(async () => (await node.find(space, reference)).state).toBe('processing');
    await eraser.erase(space, reference, 'asked for');
    letGo();
    await examining;
    expect(await enrolledIn(space)).toEqual([]);
    expect(node.written).toEqual([]);
  });

  it('is no case whose face is enrolled, however old it is; once that is replaced, it is', async () => {
    const [node, space] = [await openCasesNode(store), newSpace()];
    const later = { now: () => new Date(Date.now() + 31 * 86_400_000) };
    const named = { clientReference: 'customer 7' };
    const { reference } = await decided(node, space, enrolmentOf(await face(11), named));
    await eraseOldCases({ ...node.parts, clock: later, days: 30 });
    expect((await node.find(space, reference)).state).toBe('completed');
    await decided(node, space, enrolmentOf(await face(12), { ...named, enrol: 'replace-latest' }));
    await eraseOldCases({ ...node.parts, clock: later, days: 30 });
    await expect(node.find(space, reference)).rejects.toMatchObject({ code: 'not-found' });
    expect(await enrolledIn(space)).toHaveLength(1);
  });
});

it('tells the age of a face', async () => {
  const node = await openCasesNode(store, { attributes: { age: 31.5 } });
  const { decision } = await decided(node, newSpace(), {
    kind: 'age-estimation',
    media: { probe: await face(11) },
  });
  expect(decision).toEqual({ kind: 'age-estimation', isAccepted: true, causes: [], ageYears: 31.5 });
});

it.each<[string, () => Promise<Submission>]>([
  ['invalid-request', async () => ({ kind: 'enrolment', media: { probe: await face(11) } })],
  ['invalid-request', async () => ({ kind: 'injection', media: { probe: await face(11) }, enrol: 'add' })],
  ['invalid-request', async () => enrolmentOf(await face(11), { enrol: 'replace-latest' })],
  [
    'too-many-images',
    async () => {
      const probe = await face(11);
      return enrolmentOf(probe, { media: { probe, further: [probe, probe, probe, probe, probe] } });
    },
  ],
  ['unsupported-media', async () => enrolmentOf({ ...(await face(11)), type: 'video' })],
])('refuses with %s what cannot be asked, before anything is kept', async (code, submission) => {
  const node = await openCasesNode(store);
  await expect(node.submit(newSpace(), await submission())).rejects.toMatchObject({ code });
  expect(await node.examineNext()).toBe(false);
});
