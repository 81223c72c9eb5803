/** Operations that slide a window over an image: convolutions, pooling, enlarging. */
import { convolutionKernels, depthwiseKernels, padAxis, permute, type TfPadding } from './spatial.ts';
import {
  flagAttribute,
  spatialAttribute,
  type TfNode,
  textAttribute,
  textListAttribute,
} from './tfjs-graph.ts';
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

/** Windows that reach over the edge average what lies within. */
const averagePool: OperationConverter = ({ graph, node, value }) => {
  const input = value(0);
  const kernel = spatialAttribute(node, 'ksize');
  const { pads, dims } = slide(node, input, kernel);
  if (textListAttribute(node, 'fused_ops').length > 0) throw new Error(`${node.name} fuses an activation.`);
  const isWhole =
    kernel[0] === input.dims[1] && kernel[1] === input.dims[2] && pads.every((pad) => pad === 0);
  const tensor = isWhole
    ? graph.node('GlobalAveragePool', [channelsFirst(graph, input)])
    : graph.node('AveragePool', [channelsFirst(graph, input)], {
        kernel_shape: kernel,
        strides: spatialAttribute(node, 'strides'),
        pads,
      });
  return { tensor, dims: [...dims, input.dims[3]!], channelsFirst: true };
};

/** MediaPipe's enlarging layer. Windows that overlap are not known: their padding would have to be. */
const transposedConvolution: OperationConverter = ({ graph, node, value, constant }) => {
  const input = value(0);
  const { dims: kernelDims, data } = permute(constant(1), [2, 3, 0, 1]);
  const [, outputs, height, width] = kernelDims;
  const strides = spatialAttribute(node, 'strides');
  if (height !== strides[0] || width !== strides[1])
    throw new Error(`${node.name} has windows that overlap.`);
  const bias = constant(2).data;
  const tensor = graph.node(
    'ConvTranspose',
    [channelsFirst(graph, input), graph.floats(data, kernelDims), graph.floats(bias, [bias.length])],
    { kernel_shape: [height, width], strides },
  );
  const dims = [input.dims[0]!, input.dims[1]! * height, input.dims[2]! * width, outputs!];
  return { tensor, dims, channelsFirst: true };
};

/** Bilinear, by whole factors, pixels being squares with their centres in the middle. */
const resizeBilinear: OperationConverter = ({ graph, node, value, constant }) => {
  const input = value(0);
  const [batch, rows, columns, channels] = input.dims;
  const [height, width] = Array.from(constant(1).data);
  if (flagAttribute(node, 'align_corners') || !flagAttribute(node, 'half_pixel_centers')) {
    throw new Error(`${node.name} places pixels in a way the converter does not know.`);
  }
  const scales = graph.floats([1, 1, height! / rows!, width! / columns!], [4]);
  const tensor = graph.node('Resize', [channelsFirst(graph, input), '', scales], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
  return { tensor, dims: [batch!, height!, width!, channels!], channelsFirst: true };
};

export const WINDOW_OPERATIONS: Readonly<Record<string, OperationConverter>> = {
  Conv2D: convolution,
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwiseConvolution,
  FusedDepthwiseConv2dNative: depthwiseConvolution,
  MaxPool: maxPool,
  AvgPool: averagePool,
  Convolution2DTransposeBias: transposedConvolution,
  ResizeBilinear: resizeBilinear,
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
