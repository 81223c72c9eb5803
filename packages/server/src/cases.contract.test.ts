import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '@facegate/engine/vocabulary';
import { clipOf, createFakeEngine, drawPicture } from '@facegate/testkit';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import {
  type CasesNode,
  type CasesNodeOptions,
  dying,
  newDataFolder,
  openCasesNode,
} from './cases-under-test.contract.ts';
import { runCases } from './domain/cases/case-runner.ts';
import type { Submission } from './domain/cases/cases.ts';
import { eraseOldCases } from './domain/cases/keep-cases.ts';
import { submitCase } from './domain/cases/submit-case.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import { FaceError } from './domain/errors.ts';
import { useStore } from './server-in-use.contract.ts';

const HERE = 'here/facia' as AccountId;
const ELSEWHERE = 'elsewhere/facia' as AccountId;
const NOW = () => AbortSignal.abort();
const NOT_FOUND = { code: 'not-found' };
/** What no file of ours may hold. */
const CANARY = 'canary-8f1c2a';

const store = useStore();
beforeEach(async () => void (await store.pool.query('truncate facegate.media_case cascade')));

const open = (options?: CasesNodeOptions) => openCasesNode(store, options);
const face = (identity: number) => drawPicture([{ identity, x: 60, y: 40 }]);
const withCanary = async () =>
  sharp(await face(1))
    .withExif({ IFD0: { Copyright: CANARY } })
    .png()
    .toBuffer();
const injectionOf = (bytes: Uint8Array, type: 'image' | 'video' = 'image'): Submission => ({
  kind: 'injection',
  media: { probe: { bytes, type } },
});
const pairOf = (probe: Uint8Array, reference: Uint8Array): Submission => ({
  kind: 'verification',
  media: { probe: { bytes: probe, type: 'image' }, reference: { bytes: reference, type: 'image' } },
});

async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const held: Uint8Array[] = [];
  for await (const piece of pieces) held.push(piece);
  return Buffer.concat(held);
}

async function decided(node: CasesNode, submission: Submission) {
  const { reference } = await node.submit(HERE, submission);
  expect(await node.examineNext()).toBe(true);
  const found = await node.find(HERE, reference);
  expect(found.state).toBe('completed');
  return found;
}

/** Everything that lies in a folder. */
async function contentsOf(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))),
  );
}

describe('what is submitted', () => {
  it('is told by an unguessable reference, to its own space alone', async () => {
    const node = await open();
    const submitted = await node.submit(HERE, { ...injectionOf(await face(1)), clientReference: 'order 7' });
    expect(submitted.reference).toMatch(/^[0-9A-Z]{15}$/);
    expect(submitted).toMatchObject({ state: 'pending', clientReference: 'order 7', proofs: [] });
    expect(await node.find(HERE, submitted.reference)).toEqual(submitted);
    await expect(node.find(ELSEWHERE, submitted.reference)).rejects.toMatchObject(NOT_FOUND);
    await expect(node.find(HERE, 'NOTHING')).rejects.toMatchObject(NOT_FOUND);
  });

  it('lies sealed, before and after it is decided, and without what its file said of itself', async () => {
    const node = await open();
    const photo = await withCanary();
    expect(photo.includes(CANARY)).toBe(true);
    const { reference } = await node.submit(HERE, injectionOf(photo));
    const before = await contentsOf(node.folder);
    expect(before).toHaveLength(1);
    await node.examineNext();
    const { id, expiresAt, signature } = await node.linkTo(HERE, reference, 'probe');
    const shown = await node.openLink({ id, expires: String(expiresAt.getTime() / 1000), signature });
    if (shown === undefined || shown === 'gone') throw new Error('the link does not open');
    expect(shown.contentType).toBe('image/jpeg');
    const picture = await gathered(shown.read());
    expect(picture).toHaveLength(shown.sizeBytes);
    expect((await sharp(picture).metadata()).width).toBe(320);
    for (const bytes of [...before, ...(await contentsOf(node.folder))]) {
      expect(bytes.includes(CANARY)).toBe(false);
      expect(bytes.includes(Buffer.from('IHDR'))).toBe(false);
      expect(bytes.includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
    }
    expect(picture.includes(CANARY)).toBe(false);
  });

  it.each([
    ['image-empty', () => injectionOf(new Uint8Array())],
    ['unsupported-media', () => injectionOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['unsupported-media', async () => injectionOf(await face(1), 'video')],
    ['unsupported-media', () => injectionOf(clipOf([Uint8Array.of(1)]), 'image')],
    ['unsupported-media', () => injectionOf(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'video')],
    [
      'payload-too-large',
      () => injectionOf(Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(1_000_000)])),
    ],
    ['payload-too-large', () => injectionOf(Buffer.concat([clipOf([]), Buffer.alloc(50_000_000)]), 'video')],
    [
      'unsupported-media',
      async () => {
        const [video, image] = [clipOf([await face(1)]), await face(1)];
        const media = {
          probe: { bytes: video, type: 'video' },
          reference: { bytes: image, type: 'image' },
        } as const;
        return { kind: 'verification' as const, media };
      },
    ],
    ['invalid-request', async () => ({ ...injectionOf(await face(1)), kind: 'verification' as const })],
  ])('is refused with %s before anything is kept', async (code, submission) => {
    const node = await open();
    await expect(node.submit(HERE, await submission())).rejects.toMatchObject({ code });
    expect(await contentsOf(node.folder)).toEqual([]);
    expect(await node.examineNext()).toBe(false);
  });

  it('is refused when it cannot be decoded, before anything is kept', async () => {
    const node = await open();
    const whole = await face(1);
    const broken = whole.subarray(0, whole.length / 2);
    const noClip = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), whole]);
    for (const submission of [
      injectionOf(broken),
      pairOf(whole, broken),
      pairOf(broken, whole),
      injectionOf(noClip, 'video'),
    ]) {
      await expect(node.submit(HERE, submission)).rejects.toMatchObject({ code: 'image-unreadable' });
    }
    expect(await contentsOf(node.folder)).toEqual([]);
    expect(await node.examineNext()).toBe(false);
  });

  it.each(['overloaded', 'timeout', 'internal'] as const)(
    'is kept unseen when the engine answers %s, and declined later',
    async (code) => {
      const processor = createFaceProcessor(createFakeEngine());
      const fail = async () => {
        throw new FaceError(code, { public: 'not now' });
      };
      const node = await open({ processor: { ...processor, inspect: fail, inspectVideo: fail } });
      const whole = await face(1);
      const { decision } = await decided(node, injectionOf(whole.subarray(0, whole.length / 2)));
      expect(decision?.causes).toEqual(['unreadable']);
      const noClip = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), whole]);
      expect((await decided(node, injectionOf(noClip, 'video'))).decision?.causes).toEqual(['unreadable']);
    },
  );

  it('is the same whether it lies in memory or in a file, which stays its owner’s', async () => {
    const node = await open();
    const clip = clipOf([await face(1), await face(2)]);
    for (const [bytes, type] of [
      [await face(1), 'image'],
      [clip, 'video'],
    ] as const) {
      const file = await node.parts.scratch.keep([bytes.subarray(0, 5), bytes.subarray(5)]);
      const submission = { kind: 'injection', media: { probe: { file, type } } } as const;
      const fromFile = await decided(node, submission);
      const fromMemory = await decided(node, injectionOf(bytes, type));
      expect(fromFile.decision).toEqual(fromMemory.decision);
      expect(await gathered(file.read())).toEqual(Buffer.from(bytes));
      await file.remove();
    }
    expect(await readdir(join(node.folder, 'scratch'))).toEqual([]);
  });

  it('is decided though it was sealed as a whole, as earlier versions did', async () => {
    const node = await open();
    const { keys, blobs } = node.parts;
    const sealWhole: typeof keys.sealPieces = async function* (key, content, context) {
      const held: Uint8Array[] = [];
      for await (const piece of content) held.push(piece);
      yield keys.seal(key, Buffer.concat(held), context);
    };
    const parts = { ...node.parts, blobs, keys: { ...keys, sealPieces: sealWhole } };
    const clip = clipOf([await face(1)]);
    const { reference } = await submitCase(parts, HERE, injectionOf(clip, 'video'));
    await node.examineNext();
    expect(await node.find(HERE, reference)).toMatchObject({
      state: 'completed',
      decision: { isAccepted: true },
    });
    const { id, expiresAt, signature } = await node.linkTo(HERE, reference, 'video');
    const shown = await node.openLink({ id, expires: String(expiresAt.getTime() / 1000), signature });
    if (shown === undefined || shown === 'gone') throw new Error('the link does not open');
    expect(shown.sizeBytes).toBe(clip.length);
    expect(await gathered(shown.read())).toEqual(clip);
  });

  it('is refused when it is a clip and none are decoded', async () => {
    const node = await open();
    const parts = { ...node.parts, limits: { ...node.parts.limits, acceptsClips: false } };
    const clip = injectionOf(clipOf([await face(1)]), 'video');
    await expect(submitCase(parts, HERE, clip)).rejects.toMatchObject({ code: 'video-unsupported' });
  });
});

describe('a decision', () => {
  it('accepts a face against which nothing was found', async () => {
    const { decision, proofs } = await decided(await open(), injectionOf(await face(1)));
    expect(decision).toEqual({
      kind: 'injection',
      isAccepted: true,
      causes: [],
      manipulationProbability: 0.04,
      isDetermined: true,
    });
    expect(proofs).toEqual(['probe']);
  });

  it('is made of a clip by its frames together; the first and the worst are shown', async () => {
    const manipulationProbabilities = [0.2, 0.9, 0.4];
    const node = await open({
      injection: (identity) => ({
        outcome: 'undetermined',
        manipulationProbability: manipulationProbabilities[identity - 1] ?? 0,
        evidence: [],
      }),
    });
    const clip = clipOf([await drawPicture([]), await face(1), await face(2), await face(3)]);
    const found = await decided(node, injectionOf(clip, 'video'));
    expect(found.decision).toMatchObject({
      isAccepted: true,
      isDetermined: false,
      manipulationProbability: 0.5,
    });
    expect(found.proofs.toSorted()).toEqual(['first-frame', 'video', 'worst-frame']);
    const shown = async (name: 'video' | 'worst-frame' | 'first-frame') => {
      const { id, expiresAt, signature } = await node.linkTo(HERE, found.reference, name);
      const media = await node.openLink({ id, expires: String(expiresAt.getTime() / 1000), signature });
      if (media === undefined || media === 'gone') throw new Error('the link does not open');
      return { ...media, bytes: await gathered(media.read()) };
    };
    expect((await shown('video')).bytes).toEqual(clip);
    const greenAt = async (bytes: Uint8Array) =>
      (await sharp(bytes).extract({ left: 80, top: 60, width: 1, height: 1 }).raw().toBuffer())[1];
    expect(Math.abs(((await greenAt((await shown('worst-frame')).bytes)) ?? 0) - 2)).toBeLessThan(4);
    expect((await shown('first-frame')).contentType).toBe('image/jpeg');
    expect(await readdir(join(node.folder, 'scratch'))).toEqual([]);
  });

  it('compares the two pictures of a verification', async () => {
    const node = await open();
    const nobody = await drawPicture([]);
    const same = await decided(node, pairOf(await face(1), await face(1)));
    expect(same).toMatchObject({
      decision: { isAccepted: true, causes: [] },
      proofs: ['probe', 'reference'],
    });
    const { decision: other } = await decided(node, pairOf(await face(1), await face(2)));
    expect(other).toMatchObject({
      isAccepted: false,
      causes: ['not-matched'],
      comparison: expect.anything(),
    });
    const causesOf = async (probe: Uint8Array, reference: Uint8Array) =>
      (await decided(node, pairOf(probe, reference))).decision?.causes;
    expect(await causesOf(nobody, await face(1))).toEqual(['no-face']);
    expect(await causesOf(await face(1), nobody)).toEqual(['no-face-in-reference']);
    expect(await causesOf(nobody, nobody)).toEqual(['no-face-in-both']);
  });

  it('declines what proves unreadable when it is examined, and what shows no face', async () => {
    const node = await open();
    const clip = clipOf([await face(1)]);
    const cut = await decided(node, injectionOf(clip.subarray(0, clip.length - 9), 'video'));
    expect(cut.decision).toEqual({
      kind: 'injection',
      isAccepted: false,
      causes: ['unreadable'],
      isDetermined: true,
    });
    const empty = await decided(node, injectionOf(await drawPicture([])));
    expect(empty.decision).toMatchObject({ causes: ['no-face'], isDetermined: true });
    expect(empty.decision).not.toHaveProperty('manipulationProbability');
  });

  it('is waited for, whichever node makes it, no longer than the caller waits', async () => {
    const folder = await newDataFolder();
    const [asked, other] = [await open({ folder }), await open({ folder })];
    const { reference } = await asked.submit(HERE, injectionOf(await face(1)));
    expect((await asked.settled(HERE, reference, NOW())).state).toBe('pending');
    const waiting = asked.settled(HERE, reference, AbortSignal.timeout(10_000));
    await other.examineNext();
    expect((await waiting).state).toBe('completed');
  });
});

describe('a case that cannot be decided', () => {
  it('is tried three times, and then has failed', async () => {
    const node = await open({ failWith: new Error('of the engine') });
    const { reference } = await node.submit(HERE, injectionOf(await face(1)));
    for (const state of ['pending', 'pending', 'failed']) {
      await node.makeDue();
      expect(await node.examineNext()).toBe(true);
      expect((await node.find(HERE, reference)).state).toBe(state);
    }
    expect(node.failures).toHaveLength(3);
    expect(node.written).toMatchObject([
      { action: 'case.decide', outcome: 'failed', details: { attempts: 3 } },
    ]);
    expect((await node.settled(HERE, reference, AbortSignal.timeout(1000))).state).toBe('failed');
  });

  it('that killed three workers has failed, and is written down', async () => {
    const node = await open();
    const { reference } = await node.submit(HERE, injectionOf(await face(1)));
    for (let kills = 0; kills < 2; kills++) {
      await node.parts.cases.claim(0);
      await node.parts.cases.recover(3);
    }
    await node.parts.cases.claim(0);
    expect(await node.examineNext()).toBe(false);
    expect((await node.find(HERE, reference)).state).toBe('failed');
    expect(node.written).toMatchObject([
      { action: 'case.decide', outcome: 'failed', details: { reference } },
    ]);
  });

  it('waits a while before it is tried again', async () => {
    const node = await open({ failWith: new Error('of the engine') });
    await node.submit(HERE, injectionOf(await face(1)));
    await node.examineNext();
    expect(await node.examineNext()).toBe(false);
  });

  it('waits for room without its attempts being counted', async () => {
    const node = await open({ failWith: new EngineError('overloaded', 'full') });
    const { reference } = await node.submit(HERE, injectionOf(await face(1)));
    for (let i = 0; i < 5; i++) {
      await node.makeDue();
      await node.examineNext();
    }
    expect((await node.find(HERE, reference)).state).toBe('pending');
  });

  it('fails at once where only the operator can mend it', async () => {
    const node = await open({ failWith: new EngineError('video-unsupported', 'no decoder') });
    const { reference } = await node.submit(HERE, injectionOf(clipOf([await face(1)]), 'video'));
    await node.examineNext();
    expect((await node.find(HERE, reference)).state).toBe('failed');
  });

  it('is decided once and whole, wherever its worker dies', async () => {
    const folder = await newDataFolder();
    let deaths = 0;
    for (let at = 1; ; at++) {
      const node = await open({ folder });
      const { reference } = await node.submit(HERE, injectionOf(clipOf([await face(1)]), 'video'));
      const { diesAt, isDead } = dying(node, at);
      await diesAt().catch(() => undefined);
      await node.makeDue();
      while (await node.examineNext());
      const found = await node.find(HERE, reference);
      expect(found).toMatchObject({ state: 'completed', decision: { isAccepted: true } });
      expect(found.proofs).toHaveLength(3);
      if (!isDead()) break;
      deaths++;
    }
    // Recovering, claiming, opening, three proofs, completing: some lie behind one another's failure.
    expect(deaths).toBeGreaterThanOrEqual(6);
  });
});

describe('workers', () => {
  it('of two nodes decide each of forty cases exactly once', async () => {
    const folder = await newDataFolder();
    const nodes = [await open({ folder }), await open({ folder })];
    const ends = await Promise.all(nodes.map((node) => runCases({ ...node.parts, atOnce: 2 })));
    const photo = await face(1);
    const submitted = await Promise.all(
      Array.from({ length: 40 }, (_, i) => nodes[i % 2]?.submit(HERE, injectionOf(photo))),
    );
    const references = submitted.map((one) => one?.reference ?? '');
    const settled = await Promise.all(
      references.map((reference) => nodes[0]?.settled(HERE, reference, AbortSignal.timeout(30_000))),
    );
    await Promise.all(ends.map((end) => end()));
    expect(settled.map((found) => found?.state)).toEqual(references.map(() => 'completed'));
    const decisions = nodes.flatMap(({ written }) => written.map(({ details }) => details['reference']));
    expect(decisions.toSorted()).toEqual(references.toSorted());
    expect(nodes.flatMap(({ failures }) => failures)).toEqual([]);
  }, 60_000);

  it('that are told to stop finish what they began', async () => {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const node = await open({ gate: () => gate });
    const { reference } = await node.submit(HERE, injectionOf(await face(1)));
    const end = runCases(node.parts);
    await expect.poll(async () => (await node.find(HERE, reference)).state).toBe('processing');
    const ended = end();
    letGo();
    await ended;
    expect((await node.find(HERE, reference)).state).toBe('completed');
  });

  it('that are told to stop give back what they cannot finish, uncounted', async () => {
    const node = await open({ gate: () => new Promise(() => {}) });
    const { reference } = await node.submit(HERE, injectionOf(await face(1)));
    const end = runCases(node.parts);
    await expect.poll(async () => (await node.find(HERE, reference)).state).toBe('processing');
    await end();
    const { rows } = await store.pool.query('select state, attempts from facegate.media_case');
    expect(rows).toEqual([{ state: 'pending', attempts: 0 }]);
  }, 15_000);
});

describe('an erased case', () => {
  it('is gone with all that was kept of it', async () => {
    const node = await open();
    const { reference } = await decided(node, injectionOf(await face(1)));
    await expect(node.erase(ELSEWHERE, reference, 'no')).rejects.toMatchObject(NOT_FOUND);
    await node.erase(HERE, reference, 'asked for');
    await expect(node.find(HERE, reference)).rejects.toMatchObject(NOT_FOUND);
    await expect(node.erase(HERE, reference, 'again')).rejects.toMatchObject(NOT_FOUND);
    const left = await node.parts.records.confirmErasure([]).then(() => contentsOf(node.folder));
    // The submitted picture, which the shown one replaced, is removed by housekeeping; its key is gone already.
    expect(left.length).toBeLessThanOrEqual(1);
    const { rows } = await store.pool.query('select * from facegate.media_case');
    expect(rows).toMatchObject([
      {
        reference,
        comment: 'asked for',
        sealed_data_key: null,
        sealed_decision: null,
        client_reference: null,
      },
    ]);
  });

  it('is given up while it is examined: no decision is kept, and nothing of it lies on disk', async () => {
    const node = await open({ gate: () => new Promise(() => {}) });
    const { reference } = await node.submit(HERE, injectionOf(clipOf([await face(1)]), 'video'));
    const examining = node.examineNext();
    await expect.poll(() => readdir(join(node.folder, 'scratch')).catch(() => [])).toHaveLength(1);
    await node.erase(HERE, reference, '');
    await examining;
    expect(await contentsOf(node.folder)).toEqual([]);
    await expect(node.find(HERE, reference)).rejects.toMatchObject(NOT_FOUND);
    expect([...node.failures, ...node.written]).toEqual([]);
  });

  it('by another node leaves no picture either', async () => {
    const folder = await newDataFolder();
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const [examines, erases] = [await open({ folder, gate: () => gate }), await open({ folder })];
    const { reference } = await examines.submit(HERE, injectionOf(await face(1)));
    const examining = examines.examineNext();
    await expect.poll(async () => (await erases.find(HERE, reference)).state).toBe('processing');
    await erases.erase(HERE, reference, '');
    letGo();
    await examining;
    expect(await contentsOf(folder)).toEqual([]);
    expect(examines.written).toEqual([]);
  });

  it('is one that is older than cases are kept', async () => {
    const node = await open();
    const { reference } = await node.submit(HERE, injectionOf(await face(1)));
    const day = 86_400_000;
    const at = (days: number) => ({ now: () => new Date(Date.now() + days * day) });
    await eraseOldCases({ ...node.parts, clock: at(29), days: 30 });
    expect((await node.find(HERE, reference)).state).toBe('pending');
    await eraseOldCases({ ...node.parts, clock: at(31), days: 30 });
    await expect(node.find(HERE, reference)).rejects.toMatchObject(NOT_FOUND);
    expect(await contentsOf(node.folder)).toEqual([]);
    expect(node.written).toMatchObject([
      { action: 'case.erase', actor: 'housekeeping', outcome: 'expired', details: { reference } },
    ]);
  });
});
