import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RgbImage, rgbImage } from '../../image/rgb-image.ts';
import type { InjectionNetworkSpec } from '../../packs/injection-network.ts';
import type { FivePoints } from '../../vocabulary/shapes.ts';
import { openInjectionNetwork } from './injection-network.ts';
import { TINY_CALIBRATION, TINY_SPEC, tinyNetwork } from './tiny-network.fixture.ts';

const SIDE = 100;
const BOX = { x: 20, y: 40, width: 40, height: 20 };
const somewhere = { x: 50, y: 50 };
const POINTS: FivePoints = {
  subjectRightEye: somewhere,
  subjectLeftEye: somewhere,
  noseTip: somewhere,
  subjectRightMouthCorner: somewhere,
  subjectLeftMouthCorner: somewhere,
};
const FACE = { box: BOX, points: POINTS };

/** One colour in the square around the box's middle and a little beyond, black elsewhere. */
function squareOf(colour: readonly [number, number, number]): RgbImage {
  const pixels = new Uint8Array(3 * SIDE * SIDE);
  for (let y = 25; y < 75; y++) for (let x = 15; x < 65; x++) pixels.set(colour, 3 * (y * SIDE + x));
  return rgbImage(SIDE, SIDE, pixels);
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facegate-networks-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Changes {
  readonly input?: Partial<InjectionNetworkSpec['input']>;
  readonly output?: Partial<InjectionNetworkSpec['output']>;
  readonly calibration?: InjectionNetworkSpec['calibration'];
}

async function opened({ input, output, calibration }: Changes = {}, model = tinyNetwork(), name = 'tiny') {
  const file = join(folder, `${name}.onnx`);
  writeFileSync(file, model);
  return openInjectionNetwork(file, {
    ...TINY_SPEC,
    input: { ...TINY_SPEC.input, ...input },
    output: { ...TINY_SPEC.output, ...output },
    ...(calibration && { calibration }),
  });
}

async function logOddsOf(changes: Changes, model?: Uint8Array, image = squareOf([255, 51, 102])) {
  const network = await opened(changes, model);
  const evidence = await network.examine(image, FACE);
  await network.release();
  return evidence?.networkLogOdds;
}

describe('what a network sees', () => {
  it('is the square around the box, scaled as its manifest says', async () => {
    expect(await logOddsOf({})).toBeCloseTo(1, 5);
    expect(await logOddsOf({ input: { mean: [0.5, 0, 0], std: [0.25, 1, 1] } })).toBeCloseTo(2, 5);
    // Sides of 50 px in a window of 80.
    expect(await logOddsOf({ input: { crop: { around: 'box', boxScale: 2 } } })).toBeCloseTo((5 / 8) ** 2, 1);
  });

  it('is in its order of colours and its layout', async () => {
    expect(await logOddsOf({ input: { colour: 'BGR' } })).toBeCloseTo(0.4, 5);
    const behind = tinyNetwork({ layout: 'NHWC' });
    expect(await logOddsOf({ input: { layout: 'NHWC' }, output: { index: 1 } }, behind)).toBeCloseTo(0.2, 5);
  });

  it('is nothing where it wants an aligned face and the points coincide', async () => {
    const crop = { around: 'points', layout: 'arcface', zoom: 1 } as const;
    expect(await logOddsOf({ input: { crop } })).toBeUndefined();
  });
});

describe('what a network says', () => {
  it('is turned round where it speaks of genuine faces', async () => {
    expect(await logOddsOf({ output: { of: 'genuine' } })).toBeCloseTo(-1, 5);
  });

  it('is the logarithm of odds where it gives probabilities', async () => {
    const probability = { index: 1, meaning: 'probability' } as const;
    expect(await logOddsOf({ output: probability })).toBeCloseTo(Math.log(0.2 / 0.8), 5);
  });

  it('is the difference of two logits where it gives one for each class', async () => {
    expect(await logOddsOf({ output: { index: 0, against: 2 } })).toBeCloseTo(0.6, 5);
  });

  it('counts for nothing without a calibration', async () => {
    const network = await opened();
    const evidence = await network.examine(squareOf([255, 0, 0]), FACE);
    expect(evidence).toEqual({
      signal: 'network:tiny',
      logLikelihoodRatio: 0,
      networkLogOdds: expect.any(Number),
    });
  });

  it('counts as its calibration has it, and never for more than its bound', async () => {
    const network = await opened({ calibration: TINY_CALIBRATION });
    const ratioOf = async (red: number) =>
      (await network.examine(squareOf([red, 0, 0]), FACE))?.logLikelihoodRatio;
    expect(await ratioOf(153)).toBeCloseTo(0.2, 5);
    expect(await ratioOf(255)).toBe(0.5);
    expect(await ratioOf(0)).toBe(-0.5);
  });
});

describe('a network is refused when it is opened', () => {
  const refused = { code: 'model-missing' };

  it.each([
    ['takes another size', { input: { side: 32 } }, /does not take an input of 1×3×32×32/],
    ['takes another layout', { input: { layout: 'NHWC' } }, /does not take an input/],
    ['has no such output', { output: { name: 'verdict' } }, /no output verdict/],
    ['has no such value', { output: { index: 3 } }, /has no value 3/],
    ['has no such value to hold against', { output: { against: 9 } }, /has no value 9/],
    [
      'gives no probability',
      { input: { scale: 1 }, output: { meaning: 'probability' } },
      /is no probability/,
    ],
  ] as const)('that %s', async (_, changes, message) => {
    await expect(opened(changes as Changes)).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(message),
    });
  });

  it('that does not give numbers', async () => {
    await expect(opened({}, tinyNetwork({ divisor: 0 }))).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/is not a number/),
    });
  });

  it('that is no network, or not there', async () => {
    await expect(opened({}, Buffer.from('none'), 'none')).rejects.toMatchObject(refused);
    await expect(openInjectionNetwork(join(folder, 'gone.onnx'), TINY_SPEC)).rejects.toMatchObject(refused);
  });
});
