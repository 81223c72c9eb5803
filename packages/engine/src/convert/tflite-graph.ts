import { permute } from './spatial.ts';
import type { TfGraph, TfNode } from './tfjs-graph.ts';
import type { TfWeight } from './tfjs-weights.ts';
import { readTfliteModel, type TfliteModel } from './tflite-model.ts';
import { nodeOf } from './tflite-operators.ts';

/** `DEQUANTIZE`: here always a constant stored as halves. */
const DEQUANTISE = 6;

/**
 * Reads a TensorFlow Lite model as the TensorFlow graph that it stands for: node names are the names of the tensors.
 *
 * @throws Error for anything it does not know.
 */
export function readTfliteGraph(file: Uint8Array): TfGraph {
  const model = readTfliteModel(file);
  const weights = new Map([...model.weights].map(([name, weight]) => [name, inTensorFlowOrder(weight)]));
  const nodes: TfNode[] = [placeholderOf(model)];
  for (const operator of model.operators) {
    const [first = ''] = operator.inputs;
    const constant = weights.get(first);
    if (operator.code === DEQUANTISE && constant) weights.set(operator.output, constant);
    else nodes.push(nodeOf(operator));
  }
  return { nodes, weights };
}

function placeholderOf({ input: { name, dims } }: TfliteModel): TfNode {
  const shape = { shape: { dim: dims.map((size) => ({ size: String(size) })) } };
  return { name, op: 'Placeholder', inputs: [], attributes: { shape } };
}

/**
 * Kernels lie as [out, height, width, in], depthwise ones as [1, height, width, channel]; TensorFlow's as
 * [height, width, in, out] and [height, width, channel, 1]. Both are the same turn of the axes.
 */
const inTensorFlowOrder = (weight: TfWeight): TfWeight =>
  weight.dims.length === 4 ? permute(weight, [1, 2, 3, 0]) : weight;
