import { type FlatTable, readFlatbuffer } from './flatbuffer.ts';
import { decodeHalves } from './half-float.ts';
import { elementCount } from './onnx-graph.ts';
import type { TfWeight } from './tfjs-weights.ts';

/** Field numbers of the schema's tables. */
const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4 } as const;
const OPERATOR_CODE = { shortCode: 0, custom: 1, code: 3 } as const;
const SUBGRAPH = { tensors: 0, inputs: 1, operators: 3 } as const;
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 } as const;
const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4, customOptions: 5 } as const;
const BUFFER = { data: 0 } as const;

/** `TensorType` of the kinds of number that are read. */
const DECODE: Readonly<Record<number, (bytes: Uint8Array) => Float32Array>> = {
  0: (bytes) => new Float32Array(bytes.buffer),
  1: decodeHalves,
  2: (bytes) => Float32Array.from(new Int32Array(bytes.buffer)),
};

/** Code of an operator that is named instead of numbered. */
export const CUSTOM = 32;

export interface TfliteOperator {
  /** `BuiltinOperator`. */
  readonly code: number;
  /** Name of an operator whose code is {@link CUSTOM}. */
  readonly custom: string;
  /** Tensor names. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** Absent for operators without options. */
  readonly options: FlatTable | undefined;
  readonly customOptions: Uint8Array;
}

export interface TfliteModel {
  readonly input: { readonly name: string; readonly dims: readonly number[] };
  /** In the order in which they run. */
  readonly operators: readonly TfliteOperator[];
  /** Constants by tensor name, as float32 whatever they are stored as. */
  readonly weights: ReadonlyMap<string, TfWeight>;
}

/**
 * Reads a TensorFlow Lite model of one graph with one input.
 *
 * @throws Error for more graphs or inputs, and for constants that are neither float32, float16 nor int32.
 * @source tensorflow/lite/schema/schema.fbs, version 3.
 */
export function readTfliteModel(file: Uint8Array): TfliteModel {
  const model = readFlatbuffer(file, 'TFL3');
  const [graph, another] = model.tables(MODEL.subgraphs);
  if (!graph || another) throw new Error('The model does not consist of one graph.');
  const tensors = graph.tables(SUBGRAPH.tensors);
  const names = tensors.map((tensor) => tensor.text(TENSOR.name));
  if (new Set(names).size < names.length) throw new Error('Two tensors of the model share a name.');
  const buffers = model.tables(MODEL.buffers);
  const weights = new Map<string, TfWeight>();
  for (const [index, tensor] of tensors.entries()) {
    const bytes = buffers[tensor.int32(TENSOR.buffer)]?.bytes(BUFFER.data) ?? new Uint8Array();
    if (bytes.length > 0) weights.set(names[index]!, weightOf(tensor, bytes));
  }
  const [input, ...more] = graph.int32s(SUBGRAPH.inputs);
  if (input === undefined || more.length > 0) throw new Error('The model does not have one input.');
  return {
    input: { name: nameAt(names, input), dims: tensors[input]!.int32s(TENSOR.shape) },
    operators: readOperators(graph, model.tables(MODEL.operatorCodes), names),
    weights,
  };
}

function weightOf(tensor: FlatTable, bytes: Uint8Array): TfWeight {
  const decode = DECODE[tensor.int8(TENSOR.type)];
  const dims = tensor.int32s(TENSOR.shape);
  const data = decode?.(bytes);
  if (data?.length !== elementCount(dims)) {
    throw new Error(`${tensor.text(TENSOR.name)} holds numbers the converter does not know.`);
  }
  return { dims, data };
}

function readOperators(
  graph: FlatTable,
  codes: readonly FlatTable[],
  names: readonly string[],
): TfliteOperator[] {
  return graph.tables(SUBGRAPH.operators).map((operator) => {
    const code = codes[operator.int32(OPERATOR.code)];
    const [output, ...more] = operator.int32s(OPERATOR.outputs);
    if (!code || output === undefined || more.length > 0) throw new Error('An operator is not understood.');
    return {
      // Old files know the short code alone, new ones hold 127 there for codes that do not fit.
      code: Math.max(code.int8(OPERATOR_CODE.shortCode), code.int32(OPERATOR_CODE.code)),
      custom: code.text(OPERATOR_CODE.custom),
      inputs: operator.int32s(OPERATOR.inputs).map((index) => nameAt(names, index)),
      output: nameAt(names, output),
      options: operator.table(OPERATOR.options),
      customOptions: operator.bytes(OPERATOR.customOptions),
    };
  });
}

function nameAt(names: readonly string[], index: number): string {
  const name = names[index];
  if (name === undefined) throw new Error(`There is no tensor ${index}.`);
  return name;
}
