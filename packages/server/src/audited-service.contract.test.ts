import { falseMatchRate } from '@facegate/engine/vocabulary';
import { createFakeEngine, drawPicture } from '@facegate/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import type { Audit, AuditEntry } from './domain/audit/audit.ts';
import { auditedService } from './domain/audit/audited-service.ts';
import { createCallers } from './domain/audit/callers.ts';
import { eraseExpired } from './domain/enrolment/housekeeping.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import { errors } from './domain/errors.ts';
import { createService } from './domain/service.ts';
import { useStore } from './server-in-use.contract.ts';
import { openNode } from './store-under-test.contract.ts';
import { WITHOUT_STORE } from './without-store.contract.ts';

const HERE = 'here' as AccountId;
const store = useStore();
type Written = AuditEntry & { readonly how: 'recorded' | 'noted' };

/** The use cases on a store, and what they wrote down. */
async function opened() {
  const written: Written[] = [];
  const audit: Audit = {
    record: async (entry) => void written.push({ ...entry, how: 'recorded' }),
    note: (entry) => void written.push({ ...entry, how: 'noted' }),
  };
  const node = await openNode(store, { audit });
  onTestFinished(() => node.close());
  const callers = createCallers();
  const processor = createFaceProcessor(createFakeEngine());
  const { enrolment, identification } = node;
  const service = createService({ ...WITHOUT_STORE, processor, enrolment, identification, audit });
  const last = () => written.at(-1);
  return { ...auditedService(service, callers), node, callers, written, last };
}

const pictureOf = async (identity: number) => {
  const photo = await drawPicture([{ identity, x: 60, y: 40 }]);
  return () => photo;
};
const person = {
  name: 'Ada Lovelace',
  externalId: 'external-7',
  metadata: { note: 'secret note' },
  groupIds: [],
};
const scope = { groupIds: [], subjectsMax: 10, falseMatchRateMax: falseMatchRate(1e-3) };
const search = async (identity: number) => ({
  image: await pictureOf(identity),
  faces: 'central' as const,
  portraits: [],
  scope,
});

describe('what the service writes down', () => {
  it('of changes: each is recorded before it is answered, with ids and no words of the caller', async () => {
    const { enrolment, written, last } = await opened();
    const { id } = await enrolment.createSubject(HERE, person);
    expect(last()).toMatchObject({
      action: 'subject.create',
      subjects: [id],
      outcome: 'done',
      account: HERE,
    });
    const added = await enrolment.addReference(HERE, id, {
      image: await pictureOf(1),
      metadata: person.metadata,
    });
    if (added.outcome !== 'enrolled') throw new Error('no face');
    expect(last()).toMatchObject({ action: 'reference.enrol', details: { reference: added.reference.id } });
    await enrolment.updateSubject(HERE, id, { name: 'Ada King' });
    const group = await enrolment.createGroup(HERE, { name: 'Analysts', metadata: {} });
    await enrolment.updateGroup(HERE, group.id, { name: 'Engines', metadata: {} });
    await enrolment.changeMembers(HERE, group.id, { add: [id], remove: [] });
    expect(last()).toMatchObject({ subjects: [id], details: { group: group.id, added: 1, removed: 0 } });
    await enrolment.removeGroup(HERE, group.id);
    await enrolment.referencePicture(HERE, id, added.reference.id);
    expect(last()).toMatchObject({ action: 'reference.read', how: 'noted' });
    await enrolment.removeReference(HERE, id, added.reference.id);
    await enrolment.removeSubject(HERE, id);
    expect(written.map(({ action }) => action)).toEqual([
      ...['subject.create', 'reference.enrol', 'subject.update', 'group.create', 'group.update'],
      ...['group.change-members', 'group.remove', 'reference.read', 'reference.erase', 'subject.erase'],
    ]);
    expect(written.filter(({ how }) => how === 'noted')).toHaveLength(1);
    expect(JSON.stringify(written)).not.toMatch(/Ada|external-7|secret|Analysts|Engines/);
  });

  it('of searches: whom they found', async () => {
    const { enrolment, identification, last } = await opened();
    const { id } = await enrolment.createSubject(HERE, person);
    await enrolment.addReference(HERE, id, { image: await pictureOf(2), metadata: {} });
    await identification.identify(HERE, await search(2));
    expect(last()).toMatchObject({
      action: 'face.search',
      subjects: [id],
      outcome: 'candidates',
      how: 'noted',
    });
    await identification.identify(HERE, await search(3));
    expect(last()).toMatchObject({ subjects: [], outcome: 'no-candidate' });
    const images = [{ image: await pictureOf(2), faces: 'all' as const, compareWithin: false }];
    await identification.verifyAndIdentify(HERE, { images, portraits: [], scope });
    expect(last()).toMatchObject({ action: 'face.search', subjects: [id], outcome: 'candidates' });
  });

  it('of a search that enrols whom it does not know: both', async () => {
    const { identification, written } = await opened();
    const outcome = await identification.identify(HERE, { ...(await search(4)), enrolUnknown: person });
    if (outcome.outcome !== 'searched') throw new Error('no face');
    const { subject } = outcome.enrolled ?? expect.fail('nobody was enrolled');
    expect(written).toMatchObject([
      { action: 'face.search', outcome: 'no-candidate', how: 'noted' },
      { action: 'subject.enrol', subjects: [subject.id], how: 'recorded' },
    ]);
  });

  it('of comparisons and assessments: the outcome, and no score', async () => {
    const { verify, assess, last } = await opened();
    const pair = async (first: number, second: number) => ({
      images: await Promise.all(
        [first, second].map(async (identity) => ({
          image: await pictureOf(identity),
          faces: 'central' as const,
          compareWithin: false,
        })),
      ),
      portraits: [],
    });
    await verify(await pair(1, 1));
    expect(last()).toEqual({
      account: 'local',
      actor: 'open',
      action: 'face.verify',
      subjects: [],
      outcome: 'match',
      details: { images: 2, comparisons: 1, falseMatchRateMax: 0.001 },
      how: 'noted',
    });
    await verify(await pair(1, 2));
    expect(last()).toMatchObject({ outcome: 'no-match' });
    const blank = await drawPicture([]);
    await assess({ image: () => blank, faces: 'all', portraits: [] });
    expect(last()).toMatchObject({
      action: 'face.assess',
      outcome: 'failure-to-acquire',
      details: { faces: 0 },
    });
  });

  it('of who asked: what the credentials said, in that request alone', async () => {
    const { assess, callers, last } = await opened();
    const image = await pictureOf(1);
    const look = () => assess({ image, faces: 'all', portraits: [] });
    await callers.during({ account: HERE, actor: 'open', requestId: 'request-1' }, async () => {
      callers.actAs({ account: HERE, actor: 'credential-1' });
      await look();
    });
    expect(last()).toMatchObject({ account: HERE, actor: 'credential-1', requestId: 'request-1' });
    await look();
    expect(last()).toMatchObject({ account: 'local', actor: 'open' });
    expect(last()).not.toHaveProperty('requestId');
  });

  it('of what expired: who erased it', async () => {
    const { enrolment, node, written, last } = await opened();
    const { id } = await enrolment.createSubject(HERE, { ...person, lifetimeSeconds: 0 });
    await eraseExpired(node);
    const own = written.filter(({ subjects }) => subjects.includes(id));
    expect(own.map(({ action }) => action)).toEqual(['subject.create', 'subject.erase']);
    expect(last()).toMatchObject({
      account: HERE,
      actor: 'housekeeping',
      outcome: 'expired',
      how: 'recorded',
    });
  });

  it('nothing of what was refused, and of what may have been done that it failed', async () => {
    const { enrolment, written } = await opened();
    await expect(enrolment.removeSubject(HERE, 'Ada Lovelace')).rejects.toMatchObject({ code: 'not-found' });
    expect(written).toEqual([]);
    const audit: Audit = {
      record: async () => {},
      note: (entry) => void written.push({ ...entry, how: 'noted' }),
    };
    const removeSubject = async () => Promise.reject(errors.unavailable('away'));
    const processor = createFaceProcessor(createFakeEngine());
    const parts = {
      ...WITHOUT_STORE,
      processor,
      audit,
      enrolment: { ...WITHOUT_STORE.enrolment, removeSubject },
    };
    const silent = auditedService(createService(parts), createCallers());
    await expect(silent.enrolment.removeSubject(HERE, 'Ada Lovelace')).rejects.toThrow();
    expect(written).toMatchObject([{ action: 'subject.erase', outcome: 'failed', subjects: [] }]);
  });

  it('before it answers: a change whose line cannot be written is not answered', async () => {
    const { node } = await opened();
    const audit: Audit = { note: () => {}, record: () => Promise.reject(errors.unavailable('no trail')) };
    const processor = createFaceProcessor(createFakeEngine());
    const { enrolment, identification } = node;
    const parts = { ...WITHOUT_STORE, processor, enrolment, identification, audit };
    const strict = auditedService(createService(parts), createCallers());
    await expect(strict.enrolment.createSubject(HERE, person)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
