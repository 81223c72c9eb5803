import { expect, test } from 'vitest';
import { readMxnetParams } from './mxnet-params.ts';

const word = (value: number): number[] => [...new Uint8Array(Uint32Array.of(value).buffer)];
const long = (value: number): number[] => [...word(value), 0, 0, 0, 0];

interface ArrayFacts {
  readonly magic?: number;
  readonly storage?: number;
  readonly type?: number;
}

/** A file of one array `arg:w` = [[1.5, −2]]. */
function paramsFile({ magic = 0xf993fac9, storage = 0, type = 0 }: ArrayFacts = {}): Uint8Array {
  const name = [...Buffer.from('arg:w')];
  return Uint8Array.from([
    ...[long(0x112), long(0), long(1)].flat(),
    ...[word(magic), word(storage), word(2), long(1), long(2), word(1), word(0), word(type)].flat(),
    ...new Uint8Array(Float32Array.of(1.5, -2).buffer),
    ...[long(1), long(name.length), name].flat(),
  ]);
}

test('arrays are read by name, without the prefix', () => {
  expect(readMxnetParams(paramsFile())).toEqual(
    new Map([['w', { dims: [1, 2], data: Float32Array.of(1.5, -2) }]]),
  );
});

test('old arrays, sparse arrays, other number types and other files are refused', () => {
  expect(() => readMxnetParams(paramsFile({ magic: 2 }))).toThrow(/version 2/);
  expect(() => readMxnetParams(paramsFile({ storage: 1 }))).toThrow(/sparse/);
  expect(() => readMxnetParams(paramsFile({ type: 2 }))).toThrow(/float32/);
  expect(() => readMxnetParams(new Uint8Array(40))).toThrow(/no MXNet/);
});

test('a file cut short anywhere is refused', () => {
  const whole = paramsFile();
  for (let length = 0; length < whole.length; length++) {
    expect(() => readMxnetParams(whole.subarray(0, length))).toThrow();
  }
});
