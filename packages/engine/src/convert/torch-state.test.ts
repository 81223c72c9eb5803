import { expect, test } from 'vitest';
import { readTorchState } from './torch-state.ts';

const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;

interface Checkpoint {
  readonly kind?: string;
  readonly strides?: string;
  readonly offset?: number;
}

/** A checkpoint of one tensor `w` of two rows and three columns in storage `s` of eight numbers 0..7. */
function checkpoint({ kind = 'Float', strides = 'K\x03K\x01\x86', offset = 2 }: Checkpoint = {}): Buffer {
  const storage = `(${text('storage')}ctorch\n${kind}Storage\n${text('s')}${text('cpu')}K\x08NtQ`;
  const tensor = `(${storage}K${String.fromCharCode(offset)}K\x02K\x03\x86${strides}\x89)t`;
  const state = `ccollections\nOrderedDict\n)R(${text('w')}ctorch._utils\n_rebuild_tensor_v2\n${tensor}Ru}b.`;
  const head = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.\x80\x02}.';
  const numbers =
    kind === 'Long'
      ? BigInt64Array.from([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n])
      : Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7]);
  const count = Buffer.from(BigInt64Array.of(8n).buffer);
  return Buffer.concat([
    Buffer.from(`${head}${state}](${text('s')}e.`, 'latin1'),
    count,
    Buffer.from(numbers.buffer),
  ]);
}

test('a tensor is read from its place in its storage', () => {
  const state = readTorchState(checkpoint());
  expect(state).toEqual(new Map([['w', { dims: [2, 3], data: Float32Array.of(2, 3, 4, 5, 6, 7) }]]));
});

test('integer tensors are left out', () => {
  expect(readTorchState(checkpoint({ kind: 'Long' })).size).toBe(0);
});

test('other number types, transposed tensors and tensors beyond their storage are refused', () => {
  expect(() => readTorchState(checkpoint({ kind: 'Half' }))).toThrow(
    'torch HalfStorage, which is not allowed',
  );
  expect(() => readTorchState(checkpoint({ strides: 'K\x01K\x02\x86' }))).toThrow(/row by row/);
  expect(() => readTorchState(checkpoint({ offset: 3 }))).toThrow(/beyond storage/);
});

test('a file cut short and a zip are refused', () => {
  const whole = checkpoint();
  expect(() => readTorchState(whole.subarray(0, whole.length - 1))).toThrow(/end inside/);
  expect(() => readTorchState(Buffer.from('PK\x03\x04'))).toThrow(/before 1.6/);
});
