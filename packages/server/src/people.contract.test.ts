import { falseMatchRate } from '@facegate/engine/vocabulary';
import { drawPicture } from '@facegate/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newMasterKey } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import type { SubjectRequest } from './domain/enrolment/enrolment.ts';
import { eraseExpired, eraseOrphans } from './domain/enrolment/housekeeping.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import type { SearchScope } from './domain/identification/identification.ts';
import { useStore } from './server-in-use.contract.ts';
import { type NodeOptions, type NodeUnderTest, openNode } from './store-under-test.contract.ts';

const store = useStore();
let accounts = 0;
const newAccount = () => `account ${++accounts}` as AccountId;

async function opened(options?: NodeOptions): Promise<NodeUnderTest> {
  const node = await openNode(store, options);
  onTestFinished(() => node.close());
  return node;
}

const photos = new Map<number, Promise<Uint8Array>>();
/** A picture of one person; the same for the same identity. */
function photoOf(identity: number): Promise<Uint8Array> {
  const known = photos.get(identity) ?? drawPicture([{ identity, x: 60, y: 40 }]);
  photos.set(identity, known);
  return known;
}

const PAGE = { number: 1, size: 100 };
const person = (rest: Partial<SubjectRequest> = {}): SubjectRequest => ({
  name: 'Ada',
  metadata: {},
  groupIds: [],
  ...rest,
});
const everywhere = (rest: Partial<SearchScope> = {}): SearchScope => ({
  groupIds: [],
  subjectsMax: 10,
  falseMatchRateMax: falseMatchRate(1e-3),
  ...rest,
});

async function enrolled(node: NodeUnderTest, account: AccountId, identity: number, request = person()) {
  const subject = await node.enrolment.createSubject(account, request);
  const outcome = await node.enrolment.addReference(account, subject.id, {
    image: () => photoOf(identity),
    metadata: {},
  });
  if (outcome.outcome !== 'enrolled') throw new Error('no face in a drawn picture');
  return { subject, reference: outcome.reference };
}

async function found(
  node: NodeUnderTest,
  account: AccountId,
  identity: number,
  scope: Partial<SearchScope> = {},
) {
  const outcome = await node.identification.identify(account, {
    image: () => photoOf(identity),
    faces: 'central',
    portraits: [],
    scope: everywhere(scope),
  });
  if (outcome.outcome !== 'searched') throw new Error('no face in a drawn picture');
  return outcome.faces.flatMap(({ candidates }) => candidates.map(({ subject }) => subject.id));
}

/** Of its own direction for every seed. */
function unitVector(dimension: number, seed: number): Float32Array {
  const values = Float32Array.from({ length: dimension }, (_, i) => Math.sin((seed + 1) * (i + 1) ** 1.5));
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

const tamper = (referenceId: string | undefined) =>
  store.pool.query(
    `update facegate.reference set sealed_template = set_byte(sealed_template, 40, 255 - get_byte(sealed_template, 40))
     where id = $1`,
    [referenceId],
  );

describe('enrolment', () => {
  it('gives the picture back as it came, and keeps it sealed', async () => {
    const [node, account] = [await opened(), newAccount()];
    const { subject, reference } = await enrolled(node, account, 1);
    const picture = await node.enrolment.referencePicture(account, subject.id, reference.id);
    expect(picture.contentType).toBe('image/png');
    expect(Buffer.from(picture.bytes).equals(Buffer.from(await photoOf(1)))).toBe(true);
    const stored = await node.records.reference(account, reference.id);
    const sealed = (await node.blobs.get(stored?.blobId ?? '')) ?? new Uint8Array();
    expect(Buffer.from(sealed).includes(Buffer.from(picture.bytes.subarray(0, 32)))).toBe(false);
  });

  it('keeps the resized picture when a resize is asked', async () => {
    const [node, account] = [await opened(), newAccount()];
    const subject = await node.enrolment.createSubject(account, person());
    await node.enrolment.addReference(account, subject.id, {
      image: () => photoOf(2),
      metadata: {},
      resize: { width: 50, height: 50, quality: 80 },
    });
    const [reference] = (await node.enrolment.references(account, subject.id, PAGE)).items;
    expect(reference).toMatchObject({ contentType: 'image/jpeg' });
  });

  it('tells why a picture gave no reference, and keeps nothing of it', async () => {
    const [node, account] = [await opened(), newAccount()];
    const subject = await node.enrolment.createSubject(account, person());
    const add = async (bytes: Uint8Array) =>
      node.enrolment.addReference(account, subject.id, { image: () => bytes, metadata: {} });
    expect(await add(await drawPicture([]))).toEqual({ outcome: 'failure-to-acquire', reason: 'no-face' });
    expect(await add(new Uint8Array())).toMatchObject({ reason: 'image-empty' });
    expect((await node.enrolment.references(account, subject.id, PAGE)).items).toEqual([]);
    const strays: string[] = [];
    for await (const id of node.blobs.putBefore(new Date(Date.now() + 1000))) strays.push(id);
    expect(strays).toEqual([]);
  });

  it('puts a subject without a group into the one that receives those', async () => {
    const [node, account] = [await opened(), newAccount()];
    const [first, second] = await Promise.all(
      [1, 2].map(() => node.enrolment.createSubject(account, person({ fallbackGroup: 'Default' }))),
    );
    expect(first?.groupIds).toEqual(second?.groupIds);
    expect((await node.enrolment.groups(account, PAGE)).items).toMatchObject([{ name: 'Default' }]);
  });

  it('enrols many templates at once, or nobody', async () => {
    const [node, account] = [await opened(), newAccount()];
    const templates = await Promise.all(
      [31, 32, 33].map(async (identity) => {
        const request = { faces: 'central', template: true } as const;
        const { faces } = await node.processor.process(Uint8Array.from(await photoOf(identity)), request);
        if (faces[0]?.template === undefined) throw new Error('no face in a drawn picture');
        return faces[0].template;
      }),
    );
    const enrolments = templates.map((template, i) => ({ ...person({ name: `p${i}` }), template }));
    const subjects = await node.enrolment.enrolTemplates(account, enrolments);
    expect(subjects.map(({ name }) => name)).toEqual(['p0', 'p1', 'p2']);
    expect(await found(node, account, 32)).toEqual([subjects[1]?.id]);
    const [reference] = (await node.enrolment.references(account, subjects[0]?.id ?? '', PAGE)).items;
    await expect(
      node.enrolment.referencePicture(account, subjects[0]?.id ?? '', reference?.id ?? ''),
    ).rejects.toMatchObject({ code: 'not-found' });
    const [first] = enrolments;
    if (first === undefined) throw new Error('nobody');
    const foreign = { ...first, template: { ...first.template, packId: 'other@1' } };
    await expect(node.enrolment.enrolTemplates(account, [first, foreign])).rejects.toMatchObject({
      code: 'invalid-request',
    });
    expect(await found(node, account, 31)).toEqual([subjects[0]?.id]);
  });

  it('erases a subject with its pictures', async () => {
    const [node, account] = [await opened(), newAccount()];
    const { subject, reference } = await enrolled(node, account, 3);
    const blobId = (await node.records.reference(account, reference.id))?.blobId ?? '';
    expect(await found(node, account, 3)).toEqual([subject.id]);
    await node.enrolment.removeSubject(account, subject.id);
    expect(await found(node, account, 3)).toEqual([]);
    expect(await node.blobs.get(blobId)).toBeUndefined();
    expect(await node.records.unerasedBlobs(1000)).not.toContain(blobId);
    await expect(node.enrolment.subject(account, subject.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(node.enrolment.removeSubject(account, subject.id)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('answers an idempotency key with what it did the first time, whatever happened since', async () => {
    const [node, account] = [await opened(), newAccount()];
    const once = { key: 'k1', fingerprint: 'f' };
    const create = () => node.enrolment.createSubject(account, person({ lifetimeSeconds: 3600 }), once);
    const first = await create();
    await node.enrolment.updateSubject(account, first.id, { name: 'Grace' });
    expect(await create()).toEqual(first);
    const adding = { key: 'k2', fingerprint: 'f' };
    const add = () =>
      node.enrolment.addReference(account, first.id, { image: () => photoOf(1), metadata: {} }, adding);
    const outcomes = await Promise.all([add(), add(), add()]);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect((await node.enrolment.references(account, first.id, PAGE)).items).toHaveLength(1);
    const grouping = { key: 'k3', fingerprint: 'f' };
    const makeGroup = () => node.enrolment.createGroup(account, { name: 'g', metadata: {} }, grouping);
    expect(await makeGroup()).toEqual(await makeGroup());
    await expect(
      node.enrolment.createSubject(account, person(), { key: 'k1', fingerprint: 'other' }),
    ).rejects.toMatchObject({ code: 'idempotency-conflict' });
  });
});

describe('identification', () => {
  it('finds a person again, with the truth about how alike', async () => {
    const [node, account] = [await opened(), newAccount()];
    const { subject, reference } = await enrolled(node, account, 4);
    await enrolled(node, account, 5);
    const outcome = await node.identification.identify(account, {
      image: () => photoOf(4),
      faces: 'central',
      portraits: [],
      scope: everywhere({ falseMatchRateMax: falseMatchRate(1) }),
    });
    if (outcome.outcome !== 'searched') throw new Error('no face');
    const [best, next] = outcome.faces[0]?.candidates ?? [];
    expect(best).toMatchObject({
      subject: { id: subject.id },
      references: [{ reference: { id: reference.id } }],
    });
    expect(best?.references[0]?.comparisonScore).toBeGreaterThan(0.999);
    expect(best?.references[0]?.falseMatchRate).toBeLessThan(next?.references[0]?.falseMatchRate ?? 0);
  });

  it('keeps accounts apart', async () => {
    const node = await opened();
    const [here, elsewhere] = [newAccount(), newAccount()];
    const { subject, reference } = await enrolled(node, here, 6);
    expect(await found(node, elsewhere, 6)).toEqual([]);
    const { enrolment } = node;
    for (const work of [
      () => enrolment.subject(elsewhere, subject.id),
      () => enrolment.updateSubject(elsewhere, subject.id, { name: 'x' }),
      () => enrolment.removeSubject(elsewhere, subject.id),
      () => enrolment.references(elsewhere, subject.id, PAGE),
      () => enrolment.referencePicture(elsewhere, subject.id, reference.id),
      () => enrolment.removeReference(elsewhere, subject.id, reference.id),
      () => enrolment.groupsOfSubject(elsewhere, subject.id, PAGE),
      () => enrolment.addReference(elsewhere, subject.id, { image: () => photoOf(1), metadata: {} }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await found(node, here, 6)).toEqual([subject.id]);
  });

  it('limits a search to groups and named people', async () => {
    const [node, account] = [await opened(), newAccount()];
    const group = await node.enrolment.createGroup(account, { name: 'g', metadata: {} });
    const ada = await enrolled(node, account, 7, person({ name: 'Ada', groupIds: [group.id] }));
    const bob = await enrolled(node, account, 7, person({ name: 'Bob', externalId: 'b' }));
    const search = (scope: Partial<SearchScope>) => found(node, account, 7, scope);
    expect((await search({})).toSorted()).toEqual([ada.subject.id, bob.subject.id].toSorted());
    expect(await search({ groupIds: [group.id] })).toEqual([ada.subject.id]);
    const filter = (op: 'in' | 'nin', field: 'name' | 'externalId', values: string[]) =>
      search({ filter: { op, field, values } });
    expect(await filter('in', 'name', ['Bob', 'Eve'])).toEqual([bob.subject.id]);
    expect(await filter('nin', 'name', ['Bob'])).toEqual([ada.subject.id]);
    expect(await filter('in', 'externalId', ['b'])).toEqual([bob.subject.id]);
    expect(await filter('in', 'externalId', [])).toEqual([]);
    await expect(search({ groupIds: ['0190a000-0000-7000-8000-000000000000'] })).rejects.toMatchObject({
      code: 'not-found',
    });
    await node.enrolment.changeMembers(account, group.id, {
      add: [bob.subject.id],
      remove: [ada.subject.id],
    });
    expect(await search({ groupIds: [group.id] })).toEqual([bob.subject.id]);
    await node.enrolment.updateSubject(account, bob.subject.id, { groupIds: [] });
    expect(await search({ groupIds: [group.id] })).toEqual([]);
  });

  it('never names one whose time has come, and finds others in their place', async () => {
    // The node's clock is behind the store's: for the one the time has not come yet, for the other it has.
    let now = Date.now() - 5000;
    const node = await opened({ clock: { now: () => new Date(now) } });
    const account = newAccount();
    const brief = await enrolled(node, account, 8, person({ lifetimeSeconds: 2 }));
    const lasting = await enrolled(node, account, 8);
    expect(await found(node, account, 8, { subjectsMax: 1 })).toEqual([lasting.subject.id]);
    now += 5000;
    await expect(node.enrolment.subject(account, brief.subject.id)).rejects.toMatchObject({
      code: 'not-found',
    });
    await eraseExpired(node);
    expect(await node.records.subject(account, brief.subject.id)).toBeUndefined();
    expect(await found(node, account, 8)).toEqual([lasting.subject.id]);
  });

  it('enrols a stranger once, however often it is sent at once, and knows it from then on', async () => {
    const [node, other, account] = [await opened(), await opened(), newAccount()];
    const search = (at: NodeUnderTest, key?: string) =>
      at.identification.identify(account, {
        image: () => photoOf(9),
        faces: 'central',
        portraits: [],
        scope: everywhere(),
        enrolUnknown: person({ name: 'Stranger', fallbackGroup: 'Default' }),
        ...(key !== undefined && { idempotency: { key, fingerprint: 'f' } }),
      });
    const outcomes = await Promise.all([...Array(12).keys()].map((i) => search(i % 2 ? node : other)));
    const made = outcomes.flatMap((outcome) =>
      outcome.outcome === 'searched' && outcome.enrolled ? [outcome.enrolled.subject.id] : [],
    );
    expect(made).toHaveLength(1);
    expect(await found(node, account, 9)).toEqual(made);
    await node.enrolment.removeSubject(account, made[0] ?? '');
    const [first, again] = [await search(node, 'k'), await search(node, 'k')];
    expect(first).toMatchObject({ enrolled: { subject: { name: 'Stranger' } } });
    expect((again as typeof first & { enrolled?: unknown }).enrolled).toEqual(
      (first as typeof first & { enrolled?: unknown }).enrolled,
    );
  });
});

describe('several nodes on one store', () => {
  it('find what another one enrolled, and no longer find what another one erased', async () => {
    const [one, two, account] = [await opened(), await opened(), newAccount()];
    const stop = await two.follower.start();
    const { subject } = await enrolled(one, account, 10);
    await expect.poll(() => found(two, account, 10)).toEqual([subject.id]);
    await one.enrolment.removeSubject(account, subject.id);
    expect(await found(two, account, 10)).toEqual([]);
    await expect.poll(() => two.gallery.size).toBe(one.gallery.size);
    await stop();
    expect(two.failures).toEqual([]);
  });

  it('load at start what is enrolled, with its groups', async () => {
    const [one, account] = [await opened(), newAccount()];
    const group = await one.enrolment.createGroup(account, { name: 'g', metadata: {} });
    const { subject } = await enrolled(one, account, 11, person({ groupIds: [group.id] }));
    const two = await opened();
    expect(two.gallery.size).toBe(one.gallery.size);
    expect(await found(two, account, 11, { groupIds: [group.id] })).toEqual([subject.id]);
  });
});

describe('a gallery of thousands', () => {
  /** Above the number at which a thread opens the templates. */
  const PEOPLE = 5000;

  it('is loaded whole, but for the one whose seal does not open', async () => {
    const [one, account] = [await opened(), newAccount()];
    const { packId, templateDimension: dimension } = one.processor.pack;
    const vectors = Array.from({ length: PEOPLE }, (_, i) => unitVector(dimension, i));
    const subjects = await one.enrolment.enrolTemplates(
      account,
      vectors.map((values) => ({ ...person(), template: { packId, values } })),
    );
    const { rows } = await store.pool.query(
      'select r.id from facegate.reference r join facegate.subject s on s.number = r.subject_number where s.id = $1',
      [subjects[4321]?.id],
    );
    await tamper(rows[0].id);
    const two = await opened();
    expect(two.gallery.size).toBe(one.gallery.size - 1);
    expect(two.failures).toMatchObject([{ code: 'internal', message: expect.stringContaining('template') }]);
    const nearest = (values: Float32Array) =>
      two.gallery.nearest({ account, probe: { packId, values }, subjectsMax: 1, scoreMin: 0.999 as never });
    for (const [i, values] of vectors.entries()) {
      if (i % 50 !== 21) continue;
      const { candidates } = await nearest(values);
      expect(candidates).toHaveLength(i === 4321 ? 0 : 1);
    }
    await store.pool.query('delete from facegate.subject where account = $1', [account]);
    await Promise.all([one.follower.catchUp(), two.follower.catchUp()]);
  });
});

describe('a store that was tampered with', () => {
  it('loses the one reference whose seal does not open, says so, and finds everybody else', async () => {
    const [one, account] = [await opened(), newAccount()];
    const good = await enrolled(one, account, 13);
    const bad = await enrolled(one, account, 14);
    await tamper(bad.reference.id);
    const two = await opened();
    expect(two.failures).toMatchObject([{ code: 'internal', message: expect.stringContaining('template') }]);
    expect(await found(two, account, 13)).toEqual([good.subject.id]);
    expect(await found(two, account, 14)).toEqual([]);
    await store.pool.query('delete from facegate.reference where id = $1', [bad.reference.id]);
  });

  it('is not opened at all with another master key', async () => {
    const [one, account] = [await opened(), newAccount()];
    await enrolled(one, account, 15);
    const otherKeys = createKeys(() => [newMasterKey()]);
    await expect(openNode(store, { keys: otherKeys })).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('housekeeping', () => {
  it('sweeps away pictures that no record came to name, and no other', async () => {
    const [node, account] = [await opened(), newAccount()];
    const { subject, reference } = await enrolled(node, account, 12);
    const stray = await node.blobs.put(Uint8Array.of(1, 2, 3));
    await eraseOrphans(node, new Date(0));
    expect(await node.blobs.get(stray)).toBeDefined();
    await eraseOrphans(node, new Date(Date.now() + 1000));
    expect(await node.blobs.get(stray)).toBeUndefined();
    expect(await node.enrolment.referencePicture(account, subject.id, reference.id)).toBeDefined();
  });
});

describe('a thousand interleavings of enrolling, erasing and searching', () => {
  it('never name a person whose erasure was answered, and always one whose enrolment was', async () => {
    const [node, account] = [await opened(), newAccount()];
    const identities = [20, 21, 22, 23, 24, 25, 26, 27];
    await Promise.all(identities.map(photoOf));
    const random = mulberry32(1);
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, random() * ms));
    const enrolledAt = new Map<string, number>();
    const erasingAt = new Map<string, number>();
    const erasedAt = new Map<string, number>();
    let moment = 0;
    const searches: { began: number; ended: number; identity: number; names: string[] }[] = [];
    const identityOf = new Map<string, number>();

    const live = async (identity: number) => {
      const { subject } = await enrolled(node, account, identity);
      identityOf.set(subject.id, identity);
      enrolledAt.set(subject.id, moment++);
      await pause(20);
      erasingAt.set(subject.id, moment++);
      await node.enrolment.removeSubject(account, subject.id);
      erasedAt.set(subject.id, moment++);
    };
    const search = async (identity: number) => {
      await pause(150);
      const began = moment++;
      const names = await found(node, account, identity, { subjectsMax: 50 });
      searches.push({ began, ended: moment++, identity, names });
    };
    for (let round = 0; round < 125; round++) {
      await Promise.all(
        identities.flatMap((identity) => [live(identity), search(identity), search(identity)]),
      );
    }

    expect(erasedAt.size).toBe(1000);
    const ghosts = searches.flatMap(({ began, names }) =>
      names.filter((id) => (erasedAt.get(id) ?? Number.POSITIVE_INFINITY) < began),
    );
    const missed = searches.flatMap(({ began, ended, identity, names }) =>
      [...enrolledAt].filter(
        ([id, at]) =>
          identityOf.get(id) === identity &&
          at < began &&
          (erasingAt.get(id) ?? Number.POSITIVE_INFINITY) > ended &&
          !names.includes(id),
      ),
    );
    expect(ghosts).toEqual([]);
    expect(missed).toEqual([]);
    // The test saw both: people named, and people gone.
    expect(searches.filter(({ names }) => names.length > 0).length).toBeGreaterThan(50);
    expect(node.failures).toEqual([]);
  }, 120_000);
});

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
