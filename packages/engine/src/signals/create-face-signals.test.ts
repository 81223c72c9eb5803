import { expect, test } from 'vitest';
import { IDENTITY } from '../geometry/affine.ts';
import { plainRgb } from '../image/rgb-image.ts';
import type { AuxiliaryUse } from '../packs/manifest.ts';
import type { AuxiliaryNetworks } from '../pipeline/auxiliary.ts';
import type { Plane } from '../runtime/network.ts';
import { createFaceSignals } from './create-face-signals.ts';

const image = plainRgb(120, 120, [128, 128, 128]);
const face = {
  image,
  view: { image, fromImage: IDENTITY },
  points: {
    subjectRightEye: { x: 45, y: 50 },
    subjectLeftEye: { x: 75, y: 50 },
    noseTip: { x: 60, y: 65 },
    subjectRightMouthCorner: { x: 50, y: 82 },
    subjectLeftMouthCorner: { x: 70, y: 82 },
  },
};

/** Networks that give the same answer to everything, and what they were fed. */
function fakeNetworks(answers: Partial<Record<AuxiliaryUse, Record<string, number[]>>>) {
  const fed: [AuxiliaryUse, Plane][] = [];
  const auxiliary: AuxiliaryNetworks = {
    get: async (use) => {
      const answer = answers[use];
      if (!answer) return undefined;
      const outputs = Object.fromEntries(
        Object.entries(answer).map(([name, values]) => [name, { data: Float32Array.from(values), dims: [] }]),
      );
      return {
        run: async (input) => {
          fed.push([use, input]);
          return outputs;
        },
        release: async () => {},
      };
    },
    release: async () => {},
  };
  return { auxiliary, fed };
}

test('a network runs when first asked, and once', async () => {
  const { auxiliary, fed } = fakeNetworks({ expression: { expression: [0, 0, 0, 0.75, 0, 0, 0.25] } });
  const signals = createFaceSignals({ ...face, auxiliary });
  expect(fed).toEqual([]);
  const [first, second] = await Promise.all([signals.expression(), signals.expression()]);
  expect(first).toEqual({ neutral: 0.25, happy: 0.75, other: 0 });
  expect(second).toBe(first);
  expect(fed.map(([use, { dims }]) => [use, dims])).toEqual([['expression', [1, 1, 64, 64]]]);
});

test('each network is fed in its own unit', async () => {
  const { auxiliary, fed } = fakeNetworks({
    expression: { expression: [0, 0, 0, 0, 0, 0, 1] },
    description: { age: [1], embedding: [1] },
  });
  const signals = createFaceSignals({ ...face, auxiliary });
  await signals.expression();
  await signals.age();
  const middles = fed.map(([, { data, dims }]) => data[(dims[2]! / 2) * dims[3]! + dims[3]! / 2]);
  expect(middles).toEqual([expect.closeTo(128 / 127.5 - 1), expect.closeTo(128)]);
});

test('one run of the description tells both age and masks', async () => {
  const { auxiliary, fed } = fakeNetworks({ description: { age: [0, 1], embedding: Array(1024).fill(0) } });
  const signals = createFaceSignals({ ...face, auxiliary });
  expect([await signals.age(), await signals.faceMask()]).toEqual([1, expect.closeTo(0.5, 1)]);
  expect(fed).toHaveLength(1);
});

test('what no network or no mesh tells is undefined', async () => {
  const { auxiliary, fed } = fakeNetworks({ iris: { points: [] }, glasses: { bare: [1, 1] } });
  const signals = createFaceSignals({ ...face, auxiliary });
  const told = await Promise.all([
    signals.eyes(),
    signals.glasses(),
    signals.faceMask(),
    signals.expression(),
    signals.age(),
    signals.person(),
  ]);
  expect(told).toEqual(Array(6).fill(undefined));
  expect(fed).toEqual([]);
});

test('the person is told by whom one was given', async () => {
  const matte = { width: 1, height: 1, opacity: Float32Array.of(1), toImage: IDENTITY };
  let asked = 0;
  const person = async () => {
    asked++;
    return matte;
  };
  const signals = createFaceSignals({ ...face, auxiliary: fakeNetworks({}).auxiliary, person });
  expect([await signals.person(), await signals.person(), asked]).toEqual([matte, matte, 1]);
});
