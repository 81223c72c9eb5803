import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { prepareCorePack } from '../packs/install.ts';
import { ClipWorkshop, H264, hasFfmpeg, WITHOUT_FFMPEG } from '../video/clips.fixture.ts';
import { falseMatchRateAt } from '../vocabulary/calibration.ts';
import { compare } from '../vocabulary/template.ts';
import type { AnalysedVideo } from '../vocabulary/video.ts';
import { createEngine } from './create-engine.ts';

const packsFolder = join(fileURLToPath(new URL('../../../../', import.meta.url)), '.facegate', 'packs');
const demo = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);
const clips = new ClipWorkshop();
let engine: Engine;
let portrait: Uint8Array;
let clip: string;

beforeAll(async () => {
  const { folder } = await prepareCorePack({ packsFolder });
  engine = await createEngine({ packFolder: folder, workers: 1, video: { atOnce: 1 } });
  portrait = await sharp(join(demo, 'sample6.jpg'))
    .extract({ left: 500, top: 250, width: 520, height: 600 })
    .jpeg()
    .toBuffer();
  if (hasFfmpeg) clip = pan();
});

afterAll(async () => {
  await engine?.close();
  rmSync(clips.folder, { recursive: true });
});

/** Two seconds in which the camera passes over the portrait. */
function pan(): string {
  const picture = clips.write('portrait.jpg', portrait);
  const filters = "crop=440:560:'40*t':20,format=yuv420p";
  return clips.make(
    'pan.mp4',
    '-loop',
    '1',
    '-framerate',
    '25',
    '-t',
    '2',
    '-i',
    picture,
    '-vf',
    filters,
    ...H264,
  );
}

describe.skipIf(!hasFfmpeg)(`the engine with a clip${WITHOUT_FFMPEG}`, () => {
  const request = { faces: 'central', template: true, samples: 6 } as const;

  async function expectSamePerson(video: AnalysedVideo): Promise<void> {
    const still = (await engine.analyse(portrait, request)).faces[0]!;
    expect(video.frames).toHaveLength(6);
    for (const { faces } of video.frames) {
      const score = compare(still.template!, faces[0]!.template!);
      expect(falseMatchRateAt(engine.calibration, score)).toBeLessThan(1e-5);
    }
  }

  it('finds the person of the picture in every sampled frame, in order, and follows the camera', async () => {
    const video = await engine.analyseVideo(clip, request);
    expect(video.facts).toMatchObject({
      codec: 'h264',
      width: 440,
      height: 560,
      framesSeen: 50,
      isWhole: true,
    });
    expect(video.frames.map(({ timestampSeconds }) => timestampSeconds)).toEqual(
      [...video.frames.map(({ timestampSeconds }) => timestampSeconds)].sort((a, b) => a - b),
    );
    const across = video.frames.map(({ faces }) => faces[0]!.box.x);
    expect(across[0]! - across[5]!).toBeGreaterThan(60);
    await expectSamePerson(video);
  });

  it('finds the face upright in a clip that was recorded on its side', async () => {
    const side = clips.make('side.mp4', '-i', clip, '-vf', 'transpose=cclock', ...H264);
    const upright = clips.turn('upright.mp4', side, 90);
    const video = await engine.analyseVideo(upright, request);
    expect(video.facts).toMatchObject({ width: 440, height: 560 });
    for (const { faces } of video.frames) expect(Math.abs(faces[0]!.roll)).toBeLessThan(20);
    await expectSamePerson(video);
  });

  it('gives the same answer twice, and computes only what was asked', async () => {
    const bare = { faces: 'central', samples: 2 } as const;
    const [one, other] = [await engine.analyseVideo(clip, bare), await engine.analyseVideo(clip, bare)];
    expect(one.frames.map(({ faces }) => faces)).toEqual(other.frames.map(({ faces }) => faces));
    expect(Object.keys(one.frames[0]!.stageMs).sort()).toEqual(['detect', 'landmarks']);
    expect(one.frames[0]!.faces[0]).not.toHaveProperty('template');
  });

  it('gives a picture of each frame in the wanted box, and joins what is said of manipulation', async () => {
    const pictures = { width: 220, height: 1000, quality: 80 };
    const video = await engine.analyseVideo(clip, {
      faces: 'central',
      samples: 3,
      injection: true,
      pictures,
    });
    for (const { picture } of video.frames) {
      const { format, width, height } = await sharp(picture).metadata();
      expect({ format, width, height }).toEqual({ format: 'jpeg', width: 220, height: 280 });
    }
    const evidence = video.frames.map(({ faces }) => faces[0]!.injection!.evidence);
    const noise = evidence.map(
      (found) => found.find(({ signal }) => signal === 'noise-residual')!.logLikelihoodRatio,
    );
    const joined = video.injection!.evidence.find(({ signal }) => signal === 'noise-residual')!;
    expect(joined.logLikelihoodRatio).toBeCloseTo((noise[0]! + noise[1]! + noise[2]!) / 3, 9);
    expect(await engine.analyseVideo(clip, { faces: 'central', samples: 2 })).not.toHaveProperty('injection');
  });

  it('refuses a clip too many at once, and reads it afterwards', async () => {
    const both = [engine.analyseVideo(clip, request), engine.analyseVideo(clip, request)];
    // Which of them is late is open: each looks at its file first.
    expect(await Promise.allSettled(both)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ status: 'fulfilled' }),
        { status: 'rejected', reason: expect.objectContaining({ code: 'overloaded' }) },
      ]),
    );
    await expectSamePerson(await engine.analyseVideo(clip, request));
  });

  it('tells a clip that can be opened from one that cannot, also while another is decoded', async () => {
    const decoding = engine.analyseVideo(clip, request);
    await engine.inspectVideo(clip);
    await decoding;
    const short = clips.cut('short.mp4', clip, 0.5);
    await expect(engine.inspectVideo(short)).rejects.toMatchObject({
      code: expect.stringMatching(/^(image-unreadable|unsupported-media)$/),
    });
    const none = clips.write(
      'none.mp4',
      Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), portrait]),
    );
    await expect(engine.inspectVideo(none)).rejects.toMatchObject({
      code: expect.stringMatching(/^(image-unreadable|unsupported-media)$/),
    });
    const long = clips.draw('long.mp4', { seconds: 61, rate: 5 });
    await expect(engine.inspectVideo(long)).rejects.toMatchObject({ code: 'payload-too-large' });
    await expect(engine.inspectVideo(clip, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  it('decodes a picture to tell whether it can be, in memory or in a file', async () => {
    await engine.inspect(portrait);
    await engine.inspect(clips.write('whole.jpg', portrait));
    const half = portrait.subarray(0, portrait.length / 2);
    for (const picture of [half, clips.write('half.jpg', half)]) {
      await expect(engine.inspect(picture)).rejects.toMatchObject({ code: 'image-unreadable' });
    }
    await expect(engine.inspect(Buffer.from('GIF89a'))).rejects.toMatchObject({ code: 'unsupported-media' });
  });

  it('lets a caller give up', async () => {
    const options = { signal: AbortSignal.timeout(100) };
    await expect(engine.analyseVideo(clip, request, options)).rejects.toMatchObject({ code: 'timeout' });
    expect((await engine.analyseVideo(clip, request)).frames).toHaveLength(6);
  });
});

describe('the engine with what is no clip', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'image-empty'],
    ['a picture', Buffer.from('\xff\xd8\xff\xe0 and more', 'latin1'), 'unsupported-media'],
    ['more bytes than the limit', Buffer.alloc(50_000_001), 'payload-too-large'],
  ])('says so of %s', async (_, bytes, code) => {
    const path = clips.write('none.mp4', bytes);
    await expect(engine.analyseVideo(path, { faces: 'all' })).rejects.toMatchObject({ code });
  });

  it('says so of a file that is not there, and of a number of samples that is none', async () => {
    const absent = clips.path('absent.mp4');
    await expect(engine.analyseVideo(absent, { faces: 'all' })).rejects.toMatchObject({
      code: 'image-unreadable',
    });
    for (const samples of [1, 65, 2.5]) {
      await expect(engine.analyseVideo(absent, { faces: 'all', samples })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    }
  });
});
