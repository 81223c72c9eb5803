import { EngineError } from '@facegate/engine/vocabulary';
import { createFakeEngine, drawPicture } from '@facegate/testkit';
import { expect, it } from 'vitest';
import type { AnalysingEngine } from '../../adapters/engine/face-processor.ts';
import { createFaceProcessor } from '../../adapters/engine/face-processor.ts';
import { errors } from '../errors.ts';
import { verify } from './verify.ts';

const processor = createFaceProcessor(createFakeEngine());

const image = (bytes: Uint8Array, compareWithin = false) => ({
  // The processor may take them over.
  image: () => Uint8Array.from(bytes),
  faces: 'all' as const,
  compareWithin,
});

it('scores mated faces above non-mated ones and makes their false match rate small', async () => {
  const [anna, boris] = await Promise.all([
    drawPicture([{ identity: 1, x: 0, y: 0 }]),
    drawPicture([{ identity: 2, x: 0, y: 0 }]),
  ]);
  const { comparisons } = await verify(processor, {
    images: [image(anna), image(anna), image(boris)],
    portraits: [],
  });
  const [mated, nonMated] = comparisons;
  expect(mated!.comparisonScore).toBeCloseTo(1, 5);
  expect(mated!.falseMatchRate).toBeLessThan(1e-11);
  expect(nonMated!.falseMatchRate).toBeGreaterThan(1e-2);
});

it('refuses a crowd whose comparisons would make an answer of megabytes', async () => {
  const faces = Array.from({ length: 225 }, (_, i) => ({
    identity: i % 200,
    x: 12 * (i % 15),
    y: 12 * Math.floor(i / 15),
    width: 10,
    height: 10,
  }));
  const crowd = image(await drawPicture(faces), true);
  await expect(verify(processor, { images: [crowd], portraits: [] })).rejects.toMatchObject({
    code: 'too-many-comparisons',
  });
});

it('has a picture looked at before the next one is turned into bytes', async () => {
  const told: string[] = [];
  const engine = createFakeEngine();
  const listening: AnalysingEngine = {
    ...engine,
    analyse: (...asked) => {
      told.push('looked at');
      return engine.analyse(...asked);
    },
  };
  const anna = image(await drawPicture([{ identity: 1, x: 0, y: 0 }]));
  const decoded = {
    ...anna,
    image: () => {
      told.push('decoded');
      return anna.image();
    },
  };
  await verify(createFaceProcessor(listening), { images: [decoded, decoded], portraits: [] });
  expect(told).toEqual(['decoded', 'looked at', 'decoded', 'looked at']);
});

it("keeps a picture's own failure to that picture", async () => {
  const anna = await drawPicture([{ identity: 1, x: 0, y: 0 }]);
  const broken = {
    image: () => {
      throw errors.imageUnreadable('no base64');
    },
    faces: 'central' as const,
    compareWithin: false,
  };
  const { acquisitions, comparisons } = await verify(processor, {
    images: [image(anna), broken, image(anna)],
    portraits: [],
  });
  expect(acquisitions[1]).toEqual({ outcome: 'failure-to-acquire', reason: 'image-unreadable' });
  expect(comparisons).toHaveLength(1);
});

it('calls off the other pictures when one ends the whole request', async () => {
  const signals: AbortSignal[] = [];
  const engine: AnalysingEngine = {
    ...createFakeEngine(),
    analyse: (bytes, _request, options) => {
      if (options?.signal !== undefined) signals.push(options.signal);
      if (bytes.length === 1) return Promise.reject(new EngineError('overloaded', 'full'));
      return new Promise(() => {});
    },
  };
  const images = [image(new Uint8Array(2)), image(new Uint8Array(1))];
  await expect(verify(createFaceProcessor(engine), { images, portraits: [] })).rejects.toMatchObject({
    code: 'overloaded',
  });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});
