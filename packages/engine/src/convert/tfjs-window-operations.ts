/** Operations that slide a window over an image: convolutions and pooling. */
import { convolutionKernels, depthwiseKernels, padAxis, type TfPadding } from './spatial.ts';
import { spatialAttribute, type TfNode, textAttribute, textListAttribute } from './tfjs-graph.ts';
import {
  broadcastConstant,
  type ConversionContext,
  channelsFirst,
  type OperationConverter,
  type Value,
} from './tfjs-values.ts';
import type { TfWeight } from './tfjs-weights.ts';

const convolution: OperationConverter = (context) => {
  const kernels = convolutionKernels(context.constant(1));
  return convolve(context, kernels, 1);
};

const depthwiseConvolution: OperationConverter = (context) => {
  const weight = context.constant(1);
  return convolve(context, depthwiseKernels(weight), weight.dims[2]!);
};

const maxPool: OperationConverter = ({ graph, node, value }) => {
  const input = value(0);
  const kernel = spatialAttribute(node, 'ksize');
  const { pads, dims } = slide(node, input, kernel);
  const tensor = graph.node('MaxPool', [channelsFirst(graph, input)], {
    kernel_shape: kernel,
    strides: spatialAttribute(node, 'strides'),
    pads,
  });
  return { tensor, dims: [...dims, input.dims[3]!], channelsFirst: true };
};

export const WINDOW_OPERATIONS: Readonly<Record<string, OperationConverter>> = {
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwiseConvolution,
  FusedDepthwiseConv2dNative: depthwiseConvolution,
  MaxPool: maxPool,
};

/** @param kernels [out, in per group, height, width]. */
function convolve(context: ConversionContext, kernels: TfWeight, group: number): Value {
  const { graph, node } = context;
  const input = context.value(0);
  const kernel = [kernels.dims[2]!, kernels.dims[3]!] as const;
  const { pads, dims } = slide(node, input, kernel);
  const fused = textListAttribute(node, 'fused_ops');
  const tensors = [channelsFirst(graph, input), graph.floats(kernels.data, kernels.dims)];
  if (fused[0] === 'BiasAdd') {
    const bias = context.constant(2);
    tensors.push(graph.floats(bias.data, [bias.data.length]));
  }
  const tensor = graph.node('Conv', tensors, {
    kernel_shape: kernel,
    strides: spatialAttribute(node, 'strides'),
    dilations: spatialAttribute(node, 'dilations'),
    pads,
    group,
  });
  const output: Value = { tensor, dims: [...dims, kernels.dims[0]!], channelsFirst: true };
  return { ...output, tensor: activate(context, output, fused) };
}

/** Applies what TensorFlow fused into the convolution after the bias. Its constants follow the bias among the inputs. */
function activate(context: ConversionContext, output: Value, fused: readonly string[]): string {
  const { graph, node } = context;
  const [first, second] = fused;
  const activation = first === 'BiasAdd' ? second : first;
  if (activation === undefined) return output.tensor;
  if (activation === 'Relu') return graph.node('Relu', [output.tensor]);
  if (activation === 'Prelu') {
    const slope = context.constant(first === 'BiasAdd' ? 3 : 2);
    return graph.node('PRelu', [output.tensor, broadcastConstant(graph, slope, output)]);
  }
  throw new Error(`${node.name} fuses ${fused.join(' and ')}, which the converter does not know.`);
}

function slide(
  node: TfNode,
  input: Value,
  kernel: readonly [number, number],
): { pads: [number, number, number, number]; dims: [number, number, number] } {
  const padding = readPadding(node);
  const strides = spatialAttribute(node, 'strides');
  const dilations = spatialAttribute(node, 'dilations');
  const axis = (i: 0 | 1) =>
    padAxis(
      { size: input.dims[i + 1]!, kernel: kernel[i], stride: strides[i], dilation: dilations[i] },
      padding,
    );
  const [rows, columns] = [axis(0), axis(1)];
  return {
    pads: [rows.before, columns.before, rows.after, columns.after],
    dims: [input.dims[0]!, rows.count, columns.count],
  };
}

function readPadding(node: TfNode): TfPadding {
  const padding = textAttribute(node, 'padding');
  if (padding === 'SAME' || padding === 'VALID') return padding;
  throw new Error(`${node.name} pads in a way the converter does not know: ${padding}.`);
}
