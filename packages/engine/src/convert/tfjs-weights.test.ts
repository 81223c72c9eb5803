import { expect, test } from 'vitest';
import { decodeTfWeights, type WeightsManifest } from './tfjs-weights.ts';

type Entry = WeightsManifest[number]['weights'][number];

const decode = (weights: Entry[], bytes: ArrayLike<number>) =>
  decodeTfWeights([{ paths: ['x.bin'], weights }], Uint8Array.from(bytes));

test('uint8 weights are value · scale + min', () => {
  const quantization = { dtype: 'uint8', scale: 0.5, min: -1 } as const;
  const weights = decode([{ name: 'w', shape: [3], dtype: 'float32', quantization }], [0, 2, 255]);
  expect([...weights.get('w')!.data]).toEqual([-1, 0, 126.5]);
});

test('uint16 weights are little-endian and may begin at an odd byte', () => {
  const quantization = { dtype: 'uint16', scale: 2, min: 1 } as const;
  const weights = decode(
    [
      { name: 'odd', shape: [1], dtype: 'float32', quantization: { dtype: 'uint8', scale: 1, min: 0 } },
      { name: 'w', shape: [2], dtype: 'float32', quantization },
    ],
    [9, 1, 0, 0, 1],
  );
  expect([...weights.get('w')!.data]).toEqual([3, 513]);
});

test('float16, float32 and int32 weights keep their values', () => {
  const single = new Uint8Array(Float32Array.of(0.1).buffer);
  const integer = new Uint8Array(Int32Array.of(-7).buffer);
  const weights = decode(
    [
      { name: 'half', shape: [1], dtype: 'float32', quantization: { dtype: 'float16' } },
      { name: 'single', shape: [], dtype: 'float32' },
      { name: 'integer', shape: [1], dtype: 'int32' },
    ],
    [0x00, 0xc0, ...single, ...integer],
  );
  expect([...weights.values()].map(({ data }) => data[0])).toEqual([-2, Math.fround(0.1), -7]);
});

test('a shard read as a view of a pooled buffer gives the same weights', () => {
  const pool = Buffer.from([99, 0, 0, 128, 63, 99]);
  const manifest = [{ paths: [], weights: [{ name: 'w', shape: [1], dtype: 'float32' as const }] }];
  expect([...decodeTfWeights(manifest, pool.subarray(1, 5)).get('w')!.data]).toEqual([1]);
});

test('shards shorter or longer than the manifest are refused', () => {
  const weights: Entry[] = [{ name: 'w', shape: [2], dtype: 'float32' }];
  expect(() => decode(weights, new Uint8Array(7))).toThrow(/end inside w/);
  expect(() => decode(weights, new Uint8Array(9))).toThrow(/1 bytes of weights are left over/);
});
