import { expect, test } from 'vitest';
import { createGraphBuilder, type OnnxGraph } from './onnx-graph.ts';
import { encodeModel } from './onnx-write.ts';
import {
  decodeMessage,
  encodeMessage,
  type Field,
  messageField,
  nestedMessage,
  textField,
} from './protobuf.ts';
import { readOnnx } from './read-onnx.ts';

const PORTS = {
  inputs: [{ name: 'in', dims: ['N', 2] }],
  outputs: [{ name: 'out', dims: ['N', 2] }],
};

function everyKind(): OnnxGraph {
  const graph = createGraphBuilder('every-kind');
  const input = graph.input(PORTS.inputs[0]!);
  const scaled = graph.node('Mul', [input, graph.floats([2, 3], [2])]);
  const shaped = graph.node('Reshape', [scaled, graph.integers([0, -1])], { allowzero: 0 });
  const normal = graph.node('LpNormalization', [shaped], { axis: 1, p: 2 });
  const padded = graph.node('Pad', [normal, graph.integers([0, 0, 0, 0])], { mode: 'edge' });
  const turned = graph.node('Transpose', [padded], { perm: [0, 1] });
  graph.output(graph.node('Elu', [turned], { alpha: { float: 0.5 } }), PORTS.outputs[0]!);
  return graph.finish();
}

/** The model's graph with `change` done to its fields. */
function changed(model: Uint8Array, change: (fields: Field[]) => Field[]): Uint8Array {
  return encodeMessage(
    decodeMessage(model).map((field) =>
      field.number === 7 ? messageField(7, change(nestedMessage(field))) : field,
    ),
  );
}

test('what was written is read as it was', () => {
  expect(readOnnx(encodeModel(everyKind()), PORTS)).toEqual(everyKind());
});

test('the model takes the shapes that are asked for', () => {
  const ports = { ...PORTS, inputs: [{ name: 'in', dims: [1, 2] }] };
  expect(readOnnx(encodeModel(everyKind()), ports).inputs).toEqual(ports.inputs);
});

test('a port that is not there is an error', () => {
  const ports = { ...PORTS, outputs: [{ name: 'else', dims: ['N'] }] };
  expect(() => readOnnx(encodeModel(everyKind()), ports)).toThrow('no input or output else');
});

test('a node with two outputs is not read', () => {
  const model = changed(encodeModel(everyKind()), (fields) => [
    ...fields,
    messageField(1, [textField(2, 'values'), textField(2, 'places'), textField(4, 'TopK')]),
  ]);
  expect(() => readOnnx(model, PORTS)).toThrow('A node TopK has not one output.');
});

test('a constant of another kind is not read', () => {
  const model = changed(encodeModel(everyKind()), (fields) => [
    ...fields,
    messageField(5, [textField(8, 'halves')]),
  ]);
  expect(() => readOnnx(model, PORTS)).toThrow(
    'The constant halves is not stored as raw floats or integers.',
  );
});
