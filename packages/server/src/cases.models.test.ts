import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import { choosePack, openEngine } from './adapters/engine/open-engine.ts';
import { createFileScratch } from './adapters/filesystem/scratch.ts';
import { openCasesNode } from './cases-under-test.contract.ts';
import { type OpenServer, SERVERS_UNDER_TEST } from './database-under-test.contract.ts';
import type { OpenMedium } from './domain/cases/case-seals.ts';
import type { Submission } from './domain/cases/cases.ts';
import { decideCase } from './domain/cases/decide-case.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import type { Content } from './ports/content.ts';
import { type NodeUnderTest, openNode, openStore, type StoreUnderTest } from './store-under-test.contract.ts';

const DATA = process.env['FACEGATE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const PERSON = join(DATA, 'lfw-view1/images/Aaron_Peirsol_0001.jpg');
const SAME = join(DATA, 'lfw-view1/images/Aaron_Peirsol_0002.jpg');
const STRANGER = join(DATA, 'lfw-view1/images/Adam_Sandler_0001.jpg');
const REAL_CLIP = join(DATA, 'video/demo.mp4');
const SWAPPED_CLIP = join(DATA, 'video/demo_fake.mp4');
const missing = [PERSON, SAME, STRANGER, REAL_CLIP, SWAPPED_CLIP].filter((file) => !existsSync(file));
const skipped = missing.length > 0 ? ` (skipped: FACEGATE_TEST_DATA has no ${missing.join(', ')})` : '';
const HERE = 'here/facia' as AccountId;
/** Both clips are MPEG-4 part 2, which FFmpeg alone reads. */
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const withoutFfmpeg = hasFfmpeg ? '' : ' (skipped: no ffmpeg)';

const contentOf = (bytes: Uint8Array): Content => ({
  sizeBytes: bytes.length,
  read: () => Readable.from([bytes]),
});

describe.skipIf(skipped !== '')(`a case with real models${skipped}`, () => {
  let folder: string;
  let engine: Awaited<ReturnType<typeof openEngine>>;
  let server: OpenServer;
  let store: StoreUnderTest;
  let node: NodeUnderTest;

  beforeAll(async () => {
    server = await SERVERS_UNDER_TEST[0].open();
    store = await openStore(await server.createDatabase());
    folder = await mkdtemp(join(tmpdir(), 'facegate-cases-'));
    const pack = await choosePack({ packsFolder: join(folder, 'packs'), pack: 'core' });
    const limits = { bytesMax: 31_457_280, sideMax: 12_000, pixelsMax: 40_000_000 };
    engine = await openEngine(pack, { workers: 1, limits });
    node = await openNode(store, { processor: createFaceProcessor(engine) });
  });
  afterAll(async () => {
    await node?.close();
    await engine?.close();
    await store?.close();
    await server?.close();
    await rm(folder, { recursive: true });
  });

  const decide = async (
    kind: 'injection' | 'verification',
    media: readonly OpenMedium[],
    clip?: Uint8Array,
  ) =>
    decideCase(
      {
        ...node,
        scratch: createFileScratch(join(folder, 'scratch')),
        policy: { manipulationProbabilityMin: 0.95 },
      },
      { space: HERE, kind, media, ...(clip && { clip: contentOf(clip) }) },
      AbortSignal.timeout(60_000),
    );
  const medium = (name: OpenMedium['name'], bytes: Uint8Array): OpenMedium => ({
    name,
    contentType: 'image/jpeg',
    bytes,
  });

  it('accepts a photograph, and shows it as a JPEG without metadata', async () => {
    const photo = await sharp(readFileSync(PERSON))
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .jpeg()
      .toBuffer();
    const { decision, shown } = await decide('injection', [medium('probe', photo)]);
    expect(decision).toMatchObject({ kind: 'injection', isAccepted: true, causes: [] });
    const { format, width, exif } = await sharp(shown[0]?.bytes).metadata();
    expect({ format, width, exif }).toEqual({ format: 'jpeg', width: 250, exif: undefined });
  });

  it('001-1 declines a picture that calls itself generated', async () => {
    const declared = await sharp(readFileSync(PERSON))
      .withExif({ IFD0: { Software: 'Stable Diffusion' } })
      .jpeg()
      .toBuffer();
    const { decision } = await decide('injection', [medium('probe', declared)]);
    expect(decision).toMatchObject({ isAccepted: false, causes: ['manipulated'], isDetermined: true });
  });

  it('declines a picture that is blurred, dark or bright, and one without a face', async () => {
    const photo = sharp(readFileSync(PERSON));
    const causesOf = async (picture: Sharp) =>
      (await decide('injection', [medium('probe', await picture.jpeg({ quality: 92 }).toBuffer())])).decision
        .causes;
    expect(await causesOf(photo.clone().blur(4))).toContain('blurred');
    expect(await causesOf(photo.clone().linear(0.2, 0))).toContain('dark');
    expect(await causesOf(photo.clone().linear(3, 60))).toContain('bright');
    const nobody = sharp({ create: { width: 300, height: 300, channels: 3, background: 'green' } });
    expect(await causesOf(nobody)).toEqual(['no-face']);
  });

  it('tells two photographs of a person from those of two', async () => {
    const pair = (reference: string) =>
      decide('verification', [
        medium('probe', readFileSync(PERSON)),
        medium('reference', readFileSync(reference)),
      ]);
    expect((await pair(SAME)).decision).toMatchObject({ isAccepted: true, causes: [] });
    expect((await pair(STRANGER)).decision).toMatchObject({ isAccepted: false, causes: ['not-matched'] });
  });

  it('finds who was enrolled in another photograph, nobody in that of a stranger, and tells an age', async () => {
    const cases = await openCasesNode(store, { processor: node.processor });
    const decided = async (submission: Omit<Submission, 'media'>, photo: string) => {
      const media = { probe: { bytes: readFileSync(photo), type: 'image' } } as const;
      const { reference } = await cases.submit(HERE, { ...submission, media });
      expect(await cases.examineNext()).toBe(true);
      return { reference, decision: (await cases.find(HERE, reference)).decision };
    };
    const wish = { clientReference: 'customer 1', enrol: 'add' } as const;
    const { reference } = await decided({ kind: 'enrolment', ...wish }, PERSON);
    const found = await decided({ kind: 'identification' }, SAME);
    expect(found.decision).toMatchObject({ candidate: { reference, clientReference: 'customer 1' } });
    const stranger = await decided({ kind: 'identification' }, STRANGER);
    expect(stranger.decision).toEqual({ kind: 'identification', isAccepted: true, causes: [] });
    const { decision: aged } = await decided({ kind: 'age-estimation' }, PERSON);
    // Born in 1983, the picture taken about 2003; one picture is 6 years off on average.
    expect(aged?.kind === 'age-estimation' && Math.abs((aged.ageYears ?? 0) - 20)).toBeLessThan(12);
    await cases.erase(HERE, reference, 'asked for');
    const gone = await decided({ kind: 'identification' }, SAME);
    expect(gone.decision).not.toHaveProperty('candidate');
  });

  describe.skipIf(!hasFfmpeg)(`made of a clip${withoutFfmpeg}`, () => {
    it('001-1 accepts one as it was taken, and declines the one with a swapped face', async () => {
      const real = await decide('injection', [], readFileSync(REAL_CLIP));
      expect(real.decision).toMatchObject({ isAccepted: true, causes: [] });
      const swapped = await decide('injection', [], readFileSync(SWAPPED_CLIP));
      expect(swapped.decision).toMatchObject({
        isAccepted: false,
        causes: ['manipulated'],
        isDetermined: true,
      });
      expect(swapped.shown.map(({ name }) => name)).toEqual(['video', 'first-frame', 'worst-frame']);
      const { format, width } = await sharp(swapped.shown[2]?.bytes).metadata();
      expect({ format, width }).toEqual({ format: 'jpeg', width: 1280 });
    }, 60_000);

    it('declines one that is cut short', async () => {
      const cut = readFileSync(REAL_CLIP).subarray(0, 1_000_000);
      const { decision } = await decide('injection', [], cut);
      expect(decision).toMatchObject({ isAccepted: false, causes: ['unreadable'] });
    }, 60_000);
  });
});
