import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { type TableFields, writeFlatbuffer } from './flatbuffer.fixture.ts';
import { encodeModel } from './onnx-write.ts';
import { convertTfGraph } from './tfjs-convert.ts';
import { readTfliteGraph } from './tflite-graph.ts';

interface Constant {
  readonly shape: number[];
  readonly values: number[];
  readonly type?: 'int32';
}

/** The operator under test, which reads the picture `x` first and then the constants. */
interface Operator {
  readonly code: number;
  readonly custom?: string;
  readonly options?: TableFields;
  readonly customOptions?: number[];
  readonly constants?: readonly Constant[];
}

/** A model of one operator over a 2×2 picture of one channel, unless another shape is given. */
function fileOf(
  { code, custom = '', options, customOptions = [], constants = [] }: Operator,
  shape: number[],
) {
  const bytesOf = ({ values, type }: Constant): Uint8Array =>
    new Uint8Array((type === 'int32' ? Int32Array.from(values) : Float32Array.from(values)).buffer);
  const tensor = (name: string, dims: number[], buffer: number, type = 0): TableFields => ({
    0: { int32s: dims },
    1: { int8: type },
    2: { int32: buffer },
    3: { text: name },
  });
  const held = constants.map((constant, i) => tensor(`c${i}`, constant.shape, i + 1, constant.type ? 2 : 0));
  const tensors = [tensor('x', shape, 0), ...held, tensor('out', [], 0)];
  const operator: TableFields = {
    1: { int32s: [0, ...constants.map((_, i) => i + 1)] },
    2: { int32s: [tensors.length - 1] },
    ...(options && { 4: { table: options } }),
    5: { bytes: new Uint8Array(Int32Array.from(customOptions).buffer) },
  };
  const graph: TableFields = { 0: { tables: tensors }, 1: { int32s: [0] }, 3: { tables: [operator] } };
  return writeFlatbuffer('TFL3', {
    1: { tables: [{ 1: { text: custom }, 3: { int32: code } }] },
    2: { tables: [graph] },
    4: { tables: [{}, ...constants.map((constant) => ({ 0: { bytes: bytesOf(constant) } }))] },
  });
}

async function run(operator: Operator, input: readonly number[], [height, width, channels]: number[]) {
  const graph = readTfliteGraph(fileOf(operator, [1, height!, width!, channels!]));
  const model = encodeModel(convertTfGraph(graph, { name: 'test', outputs: { out: 'out' } }));
  const session = await InferenceSession.create(model);
  const dims = [1, channels!, height!, width!];
  const { out } = await session.run({ input: new Tensor('float32', Float32Array.from(input), dims) });
  return { dims: out!.dims, values: [...(out!.data as Float32Array)] };
}

test('a convolution takes its kernel as [out, height, width, in]', async () => {
  const constants = [
    { shape: [2, 1, 1, 2], values: [1, 10, 100, 1000] },
    { shape: [2], values: [0.5, 0] },
  ];
  const options = { 0: { int8: 1 }, 1: { int32: 1 }, 2: { int32: 1 } } as const;
  const { dims, values } = await run({ code: 3, options, constants }, [1, 2, 3, 4], [1, 2, 2]);
  expect(dims).toEqual([1, 1, 2, 2]);
  expect(values).toEqual([1 + 30 + 0.5, 3100, 2 + 40 + 0.5, 4200]);
});

test('a depthwise convolution keeps channels apart, and its fused activation cuts below 0', async () => {
  const constants = [
    { shape: [1, 1, 1, 2], values: [2, -3] },
    { shape: [2], values: [1, 1] },
  ];
  const options = { 1: { int32: 1 }, 2: { int32: 1 }, 4: { int8: 1 } } as const;
  const { values } = await run({ code: 4, options, constants }, [1, 2, 3, 4], [1, 2, 2]);
  expect(values).toEqual([3, 0, 5, 0]);
});

test('the transposed convolution stamps its kernel for every pixel', async () => {
  const constants = [
    { shape: [1, 2, 2, 1], values: [1, 2, 3, 4] },
    { shape: [1], values: [0.25] },
  ];
  const operator = { code: 32, custom: 'Convolution2DTransposeBias', customOptions: [1, 2, 2], constants };
  const { dims, values } = await run(operator, [1, 10], [1, 2, 1]);
  expect(dims).toEqual([1, 2, 4, 1]);
  expect(values).toEqual([1, 2, 10, 20, 3, 4, 30, 40].map((value) => value + 0.25));
});

test('enlarging keeps the centres of pixels where they are', async () => {
  const constants = [{ shape: [2], values: [1, 4], type: 'int32' as const }];
  const { values } = await run({ code: 23, options: { 3: { int8: 1 } }, constants }, [0, 4], [1, 2, 1]);
  expect(values).toEqual([0, 1, 3, 4]);
});

test('the whole picture can be averaged', async () => {
  const options = {
    0: { int8: 1 },
    1: { int32: 2 },
    2: { int32: 2 },
    3: { int32: 2 },
    4: { int32: 2 },
  } as const;
  expect((await run({ code: 1, options }, [1, 2, 3, 6], [2, 2, 1])).values).toEqual([3]);
});

test('the hard swish is x · clamp(x / 6 + ½, 0, 1)', async () => {
  const { values } = await run({ code: 117 }, [-4, -1, 1, 4], [2, 2, 1]);
  for (const [i, expected] of [0, -1 / 3, 2 / 3, 4].entries()) expect(values[i]).toBeCloseTo(expected, 6);
});

describe('what the converter does not know is an error', () => {
  const convert = (operator: Operator) => readTfliteGraph(fileOf(operator, [1, 2, 2, 1]));

  test.each([
    ['an operator', { code: 5 }, /operator 5/],
    ['a custom operator', { code: 32, custom: 'Odd' }, /operator Odd/],
    ['an activation', { code: 0, options: { 0: { int8: 1 } } }, /fuses an activation/],
    ['an activation of a window', { code: 4, options: { 4: { int8: 3 } } }, /activation 3/],
    ['a padding', { code: 3, options: { 0: { int8: 2 } } }, /padding 2/],
  ] as const)('%s', (_, operator, message) => {
    expect(() => convert(operator)).toThrow(message);
  });

  test('a file that ends early', () => {
    const whole = fileOf({ code: 117 }, [1, 2, 2, 1]);
    for (let end = 8; end < whole.length - 1; end += 7) {
      const read = () => readTfliteGraph(whole.slice(0, end));
      expect(read).toThrow(Error);
    }
  });
});
