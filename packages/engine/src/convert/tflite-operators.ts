import type { FlatTable } from './flatbuffer.ts';
import type { TfNode } from './tfjs-graph.ts';
import { CUSTOM, type TfliteOperator } from './tflite-model.ts';

type Attributes = TfNode['attributes'];

/** The TensorFlow operation that an operator stands for. */
interface Lowering {
  readonly op: string;
  readonly attributes: (options: FlatTable) => Attributes;
}

const text = (value: string): object => ({ s: Buffer.from(value).toString('base64') });
const texts = (values: readonly string[]): object => ({
  list: { s: values.map((value) => Buffer.from(value).toString('base64')) },
});
/** The spatial entries of an NHWC quadruple. */
const spatial = (height: number, width: number): object => ({
  list: { i: ['1', String(height), String(width), '1'] },
});
const flag = (value: boolean): object => ({ b: value });

const padding = (code: number): object => {
  const name = ['SAME', 'VALID'][code];
  if (name === undefined) throw new Error(`The padding ${code} is not known.`);
  return text(name);
};

/** What is computed after the bias, by `ActivationFunctionType`. */
const fusedOps = (code: number, first: readonly string[] = ['BiasAdd']): object => {
  const activation = [[], ['Relu']][code];
  if (!activation) throw new Error(`The fused activation ${code} is not known.`);
  return texts([...first, ...activation]);
};

/** @param at  field numbers of the activation and of the dilation of the width. */
const windowAttributes =
  (at: { readonly activation: number; readonly dilation: number }) =>
  (options: FlatTable): Attributes => ({
    padding: padding(options.int8(0)),
    strides: spatial(options.int32(2), options.int32(1)),
    dilations: spatial(options.int32(at.dilation + 1, 1), options.int32(at.dilation, 1)),
    fused_ops: fusedOps(options.int8(at.activation)),
  });

const averagePool = (options: FlatTable): Attributes => ({
  padding: padding(options.int8(0)),
  strides: spatial(options.int32(2), options.int32(1)),
  ksize: spatial(options.int32(4), options.int32(3)),
  fused_ops: fusedOps(options.int8(5), []),
});

const fullyConnected = (options: FlatTable): Attributes => {
  if (options.int8(1) !== 0) throw new Error('A dense layer has shuffled weights.');
  return { transpose_b: flag(true), fused_ops: fusedOps(options.int8(0)) };
};

const resize = (options: FlatTable): Attributes => ({
  align_corners: flag(options.flag(2)),
  half_pixel_centers: flag(options.flag(3)),
});

const plain = (op: string): Lowering => ({ op, attributes: () => ({}) });

/** Addition and multiplication may fuse an activation, which no model here does. */
const arithmetic = (op: string): Lowering => ({
  op,
  attributes: (options) => {
    if (options.int8(0) !== 0)
      throw new Error(`${op} fuses an activation, which the converter does not know.`);
    return {};
  },
});

/** By `BuiltinOperator`. Fields are those of the schema's options. */
const LOWERINGS: Readonly<Record<number, Lowering>> = {
  0: arithmetic('AddV2'),
  1: { op: 'AvgPool', attributes: averagePool },
  3: { op: '_FusedConv2D', attributes: windowAttributes({ activation: 3, dilation: 4 }) },
  4: { op: 'FusedDepthwiseConv2dNative', attributes: windowAttributes({ activation: 4, dilation: 5 }) },
  9: { op: '_FusedMatMul', attributes: fullyConnected },
  14: plain('Sigmoid'),
  18: arithmetic('Mul'),
  19: plain('Relu'),
  23: { op: 'ResizeBilinear', attributes: resize },
  34: plain('Pad'),
  40: { op: 'Mean', attributes: (options) => ({ keep_dims: flag(options.flag(0)) }) },
  117: plain('HardSwish'),
};

/** An options table whose every field has its default. */
const DEFAULTS: FlatTable = {
  int8: (_, fallback = 0) => fallback,
  int32: (_, fallback = 0) => fallback,
  flag: () => false,
  text: () => '',
  bytes: () => new Uint8Array(),
  int32s: () => [],
  table: () => undefined,
  tables: () => [],
};

/** @throws Error when the operator, or one of its options, is not known. */
export function nodeOf(operator: TfliteOperator): TfNode {
  const { code, inputs, output, options = DEFAULTS } = operator;
  if (code === CUSTOM) return customNodeOf(operator);
  const lowering = LOWERINGS[code];
  if (!lowering) throw new Error(`${output}: the converter does not know the operator ${code}.`);
  return { name: output, op: lowering.op, inputs, attributes: lowering.attributes(options) };
}

/** MediaPipe's transposed convolution with a bias; its options are the padding and the strides as three int32. */
function customNodeOf({ custom, inputs, output, customOptions }: TfliteOperator): TfNode {
  if (custom !== 'Convolution2DTransposeBias' || customOptions.length !== 12) {
    throw new Error(`${output}: the converter does not know the operator ${custom}.`);
  }
  const [, width = 0, height = 0] = new Int32Array(customOptions.buffer);
  return { name: output, op: custom, inputs, attributes: { strides: spatial(height, width) } };
}
