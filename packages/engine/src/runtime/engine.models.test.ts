import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { prepareCorePack } from '../packs/install.ts';
import type { InstalledPack } from '../packs/installed-packs.ts';
import { falseMatchRateAt } from '../vocabulary/calibration.ts';
import { compare } from '../vocabulary/template.ts';
import { createEngine } from './create-engine.ts';

const packsFolder = join(fileURLToPath(new URL('../../../../', import.meta.url)), '.facegate', 'packs');
const demo = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);
const sample = (number: number): Uint8Array => readFileSync(join(demo, `sample${number}.jpg`));

let pack: InstalledPack;
let engine: Engine;

beforeAll(async () => {
  pack = await prepareCorePack({ packsFolder });
  engine = await createEngine({ packFolder: pack.folder, workers: 2 });
});

afterAll(async () => engine?.close());

const central = (bytes: Uint8Array) => engine.analyse(bytes, { faces: 'central', template: true });
const all = (bytes: Uint8Array) => engine.analyse(bytes, { faces: 'all', template: true });
const rate = (...[a, b]: Parameters<typeof compare>): number =>
  falseMatchRateAt(engine.calibration, compare(a, b));

describe('the engine with the core pack', () => {
  it('finds every face of six group photographs and nothing else', async () => {
    const counts = [];
    for (const number of [1, 2, 3, 4, 5, 6]) counts.push((await all(sample(number))).faces.length);
    expect(counts).toEqual([3, 3, 3, 4, 5, 4]);
  });

  it('knows a person again in another photograph, and tells her from the others', async () => {
    const [first, third] = [await all(sample(1)), await all(sample(3))];
    const blonde = first.faces.find((face) => face.box.x > 1400)!;
    const rates = third.faces.map((face) => rate(blonde.template!, face.template!));
    const best = rates.indexOf(Math.min(...rates));
    expect(third.faces[best]!.box.x).toBeGreaterThan(950);
    expect(third.faces[best]!.box.x).toBeLessThan(1200);
    expect(rates[best]).toBeLessThan(1e-4);
    expect(Math.min(...rates.filter((_, index) => index !== best))).toBeGreaterThan(1e-3);
  });

  it('sees the same person whichever way the picture is turned, and says by how much', async () => {
    const portrait = await sharp(sample(6))
      .extract({ left: 500, top: 250, width: 520, height: 600 })
      .toBuffer();
    const upright = (await central(portrait)).faces[0]!;
    for (const turn of [90, 180, 270]) {
      const turned = (await central(await sharp(portrait).rotate(turn).jpeg().toBuffer())).faces[0]!;
      expect(rate(upright.template!, turned.template!)).toBeLessThan(1e-5);
      const difference = (((turned.roll - upright.roll + turn) % 360) + 540) % 360;
      expect(Math.abs(difference - 180)).toBeLessThan(6);
    }
  });

  it('places the five points of an upright face in order', async () => {
    const { landmarks, box } = (await central(sample(6))).faces[0]!;
    const { subjectRightEye, subjectLeftEye, noseTip, subjectRightMouthCorner, subjectLeftMouthCorner } =
      landmarks;
    expect(subjectRightEye.x).toBeLessThan(subjectLeftEye.x);
    expect(subjectRightMouthCorner.x).toBeLessThan(subjectLeftMouthCorner.x);
    expect(noseTip.y).toBeGreaterThan(subjectRightEye.y);
    expect(noseTip.y).toBeLessThan(subjectRightMouthCorner.y);
    expect(box.y).toBeLessThan(subjectRightEye.y);
    expect(box.y + box.height).toBeGreaterThan(subjectRightMouthCorner.y);
  });

  it('gives the same answer for the same bytes in every thread and every engine', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => all(sample(4))));
    const other = await createEngine({ packFolder: pack.folder, workers: 1 });
    answers.push(await other.analyse(sample(4), { faces: 'all', template: true }));
    await other.close();
    for (const { faces } of answers) expect(faces).toEqual(answers[0]!.faces);
  });

  it('computes what is asked of a resized picture, and gives the same of that picture sent again', async () => {
    const resize = { width: 600, height: 600, quality: 90 };
    const answer = await engine.analyse(sample(6), { faces: 'central', template: true, resize });
    const again = await central(answer.resized!);
    expect(answer).toMatchObject({ mediaType: 'image/jpeg', width: 600 });
    expect(again.faces).toEqual(answer.faces);
    const whole = (await central(sample(6))).faces[0]!;
    expect(rate(whole.template!, answer.faces[0]!.template!)).toBeLessThan(1e-5);
  });

  it('computes only what was asked', async () => {
    const bare = await engine.analyse(sample(6), { faces: 'central' });
    expect(Object.keys(bare.stageMs).sort()).toEqual(['decode', 'detect', 'landmarks']);
    expect(bare.faces[0]).not.toHaveProperty('template');
    expect(bare.faces[0]).not.toHaveProperty('mesh');
    const rich = await engine.analyse(sample(6), {
      faces: 'central',
      template: true,
      mesh: true,
      portraits: [{ aspect: '3:4', size: { width: 300, height: 400 }, padColour: [0, 0, 0] }],
    });
    expect(rich.faces[0]!.mesh).toHaveLength(468);
    expect(await sharp(rich.faces[0]!.portraits[0]!.jpeg).metadata()).toMatchObject({
      width: 300,
      height: 400,
    });
    expect(rich.faces[0]!.template!.values).toHaveLength(engine.pack.templateDimension);
  });

  it('reports a picture without a face as an outcome', async () => {
    const empty = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#4a6' } })
      .png()
      .toBuffer();
    expect((await central(empty)).faces).toEqual([]);
  });

  it('says what is wrong with bytes that are no picture', async () => {
    await expect(central(new Uint8Array(0))).rejects.toMatchObject({ code: 'image-empty' });
    await expect(central(Buffer.from('<svg/>'))).rejects.toMatchObject({ code: 'unsupported-media' });
    await expect(central(sample(1).subarray(0, 50_000))).rejects.toMatchObject({ code: 'image-unreadable' });
  });

  it('refuses at once what would not fit into the queue, and works on afterwards', async () => {
    const small = await createEngine({ packFolder: pack.folder, workers: 1, queueMax: 1 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => small.analyse(sample(2), { faces: 'central' })),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(2);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'overloaded' });
    }
    expect(small.load()).toEqual({ workers: 1, running: 0, waiting: 0 });
    expect((await small.analyse(sample(2), { faces: 'central' })).faces).toHaveLength(1);
    await small.close();
  });

  it('takes memory that is handed over, copies what shares its memory, and leaves the rest alone', async () => {
    const request = { faces: 'central', template: true } as const;
    const [kept, given, shared] = [sample(6), sample(6), new Uint8Array([0, ...sample(6)]).subarray(1)];
    const answers = await Promise.all([
      engine.analyse(kept, request),
      engine.analyse(given, request, { handOver: true }),
      engine.analyse(shared, request, { handOver: true }),
    ]);
    for (const { faces } of answers) expect(faces).toEqual(answers[0].faces);
    expect([kept.length, given.length, shared.length]).toEqual([sample(6).length, 0, sample(6).length]);
  });

  it('lets a caller give up, and keeps the place in the queue until the thread is free', async () => {
    const patience = new AbortController();
    const work = engine.analyse(sample(1), { faces: 'all', template: true }, { signal: patience.signal });
    patience.abort();
    await expect(work).rejects.toMatchObject({ code: 'timeout' });
    expect(engine.load().running).toBe(1);
    expect((await central(sample(3))).faces).toHaveLength(1);
  });

  it('refuses to serve when templates have drifted from those the pack was published with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'facegate-drift-'));
    try {
      await cp(pack.folder, folder, { recursive: true });
      const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
      manifest.recognition[0].colour = 'BGR';
      await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
      await expect(createEngine({ packFolder: folder, workers: 1 })).rejects.toThrow(/drift/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
