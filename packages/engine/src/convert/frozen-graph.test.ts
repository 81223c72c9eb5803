import { expect, test } from 'vitest';
import { readFrozenGraph } from './frozen-graph.ts';
import {
  bytesField,
  encodeMessage,
  type Field,
  floatField,
  integerField,
  messageField,
  textField,
} from './protobuf.ts';
import {
  flagAttribute,
  numberAttribute,
  shapeAttribute,
  spatialAttribute,
  textAttribute,
} from './tfjs-graph.ts';

const attribute = (name: string, ...value: Field[]): Field =>
  messageField(5, [textField(1, name), messageField(2, value)]);

const node = (name: string, op: string, inputs: readonly string[] = [], ...attributes: Field[]): Field =>
  messageField(1, [
    textField(1, name),
    textField(2, op),
    ...inputs.map((input) => textField(3, input)),
    ...attributes,
  ]);

const shape = (...dims: number[]): Field[] => dims.map((dim) => messageField(2, [integerField(1, dim)]));

const tensor = (type: number, dims: number[], ...values: Field[]): Field =>
  attribute('value', messageField(8, [integerField(1, type), messageField(2, shape(...dims)), ...values]));

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

const read = (...nodes: Field[]) => readFrozenGraph(encodeMessage(nodes));

test('constants come as raw bytes, as a list, or as one value for all', () => {
  const { weights } = read(
    node('raw', 'Const', [], tensor(1, [2, 1], bytesField(4, floats(1.5, -2)))),
    node('packed', 'Const', [], tensor(1, [3], bytesField(5, floats(1, 2)))),
    node('one', 'Const', [], tensor(1, [3], floatField(5, 7))),
    node('whole', 'Const', [], tensor(3, [2], integerField(7, -4), integerField(7, 9))),
  );
  expect(weights.get('raw')).toEqual({ dims: [2, 1], data: Float32Array.of(1.5, -2) });
  expect(weights.get('packed')!.data).toEqual(Float32Array.of(1, 2, 2));
  expect(weights.get('one')!.data).toEqual(Float32Array.of(7, 7, 7));
  expect(weights.get('whole')!.data).toEqual(Float32Array.of(-4, 9));
});

test('attributes read as those of a TensorFlow.js graph', () => {
  const { nodes } = read(
    node(
      'conv',
      'Conv2D',
      [],
      attribute('padding', textField(2, 'SAME')),
      attribute('strides', messageField(1, [bytesField(3, Uint8Array.of(1, 2, 3, 1))])),
      attribute('epsilon', floatField(4, 0.25)),
      attribute('is_training', integerField(5, 1)),
      attribute('shape', messageField(7, shape(-1, 260))),
    ),
  );
  const [conv] = nodes;
  expect(textAttribute(conv!, 'padding')).toBe('SAME');
  expect(spatialAttribute(conv!, 'strides')).toEqual([2, 3]);
  expect(numberAttribute(conv!, 'epsilon')).toBe(0.25);
  expect(flagAttribute(conv!, 'is_training')).toBe(true);
  expect(shapeAttribute(conv!)).toEqual([-1, 260]);
});

test('a constant handed on stays one, and a shape of batch and constants becomes one', () => {
  const { nodes, weights } = read(
    node('flat', 'Reshape', ['x', 'shape']),
    node('shape', 'Pack', ['batch', 'rest', 'rest']),
    node('batch', 'StridedSlice', ['sizes', 'rest', 'rest', 'rest']),
    node('sizes', 'Shape', ['x']),
    node('rest', 'Identity', ['two']),
    node('two', 'Const', [], tensor(3, [], integerField(7, 2))),
    node('x', 'Placeholder'),
  );
  expect([...weights.get('rest')!.data]).toEqual([2]);
  expect(weights.get('shape')).toEqual({ dims: [3], data: Float32Array.of(-1, 2, 2) });
  expect(nodes.map(({ op }) => op)).not.toContain('StridedSlice');
});

test('a constant of another type is refused, and so is a torn one', () => {
  expect(() => read(node('c', 'Const', [], tensor(9, [1], integerField(10, 1))))).toThrow(/unknown type 9/);
  expect(() => read(node('c', 'Const', [], tensor(1, [2], bytesField(4, floats(1)))))).toThrow(/do not make/);
});
