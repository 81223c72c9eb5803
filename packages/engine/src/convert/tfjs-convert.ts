import { BATCH, createGraphBuilder, type GraphBuilder, type OnnxGraph } from './onnx-graph.ts';
import { ELEMENTWISE_OPERATIONS } from './tfjs-elementwise-operations.ts';
import { shapeAttribute, type TfGraph, type TfNode } from './tfjs-graph.ts';
import { SHAPE_OPERATIONS } from './tfjs-shape-operations.ts';
import { createValueTable, inOwnOrder, type Value } from './tfjs-values.ts';
import { WINDOW_OPERATIONS } from './tfjs-window-operations.ts';

const OPERATIONS = { ...WINDOW_OPERATIONS, ...ELEMENTWISE_OPERATIONS, ...SHAPE_OPERATIONS };

export interface TfConversionOptions {
  /** Name of the ONNX graph. */
  readonly name: string;
  /** ONNX output name → TensorFlow node it publishes, in the order wanted. Branches leading nowhere else are dropped. */
  readonly outputs: Readonly<Record<string, string>>;
  /**
   * Leaves height and width open, for a network that only slides over its picture. Paddings stay as worked out for the
   * size it was published with, which is right for every multiple of its coarsest stride. Default: that size alone.
   */
  readonly anySize?: boolean;
}

/**
 * Converts a TensorFlow.js graph to ONNX.
 *
 * The one input is called `input` and is NCHW with a dynamic batch; images stay NCHW inside, so that transposes
 * remain only where TensorFlow flattens an image. Outputs keep TensorFlow's order of dimensions.
 *
 * @throws Error on any operation, padding, fusion or shape it does not know: a wrong model is worse than none.
 */
export function convertTfGraph(source: TfGraph, options: TfConversionOptions): OnnxGraph {
  const graph = createGraphBuilder(options.name);
  const values = createValueTable(graph, source.weights);
  for (const node of source.nodes) {
    if (values.isConstant(node.name) || node.op === 'NoOp') continue;
    const convert = node.op === 'Placeholder' ? undefined : converterOf(node);
    values.set(node.name, convert ? convert(values.contextOf(node)) : placeholder(graph, node, options));
  }
  for (const [name, node] of Object.entries(options.outputs)) {
    const value = values.get(node);
    const [rows, ...rest] = value.dims.slice(1);
    const dims = [BATCH, options.anySize ? `${name}-rows` : rows!, ...rest];
    graph.output(inOwnOrder(graph, value), { name, dims });
  }
  return graph.finish();
}

function converterOf(node: TfNode) {
  const convert = OPERATIONS[node.op];
  if (!convert) throw new Error(`${node.name}: the converter does not know the operation ${node.op}.`);
  return convert;
}

function placeholder(graph: GraphBuilder, node: TfNode, { anySize }: TfConversionOptions): Value {
  const [batch = 1, height, width, channels, ...more] = shapeAttribute(node);
  if (!height || !width || !channels || more.length > 0)
    throw new Error(`${node.name} is no batch of images.`);
  const size = anySize ? ['H', 'W'] : [height, width];
  const tensor = graph.input({ name: 'input', dims: [BATCH, channels, ...size] });
  return { tensor, dims: [batch, height, width, channels], channelsFirst: true };
}
