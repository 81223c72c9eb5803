import { appendChannels } from './append-channels.ts';
import { BATCH, createGraphBuilder, type GraphBuilder, type OnnxGraph } from './onnx-graph.ts';
import { convolutionKernels } from './spatial.ts';
import type { TfWeight } from './tfjs-weights.ts';

const INPUT_SIDE = 150;
/** Mean colour of the training pictures, RGB 0..255. */
const MEAN_RGB = [122.782, 117.001, 104.298];
const DIMENSION = 128;

/** Stages of residual blocks. A stage with a `down` block halves the image before its plain blocks. */
const STAGES = [
  { channels: 32, down: undefined, blocks: ['conv32_1', 'conv32_2', 'conv32_3'] },
  { channels: 64, down: 'conv64_down', blocks: ['conv64_1', 'conv64_2', 'conv64_3'] },
  { channels: 128, down: 'conv128_down', blocks: ['conv128_1', 'conv128_2'] },
  { channels: 256, down: 'conv256_down', blocks: ['conv256_1', 'conv256_2'] },
  { channels: 256, down: 'conv256_down_out', blocks: [] },
] as const;

/** An image inside the network: its tensor, side in px and number of channels. */
interface Plane {
  readonly tensor: string;
  readonly side: number;
  readonly channels: number;
}

/**
 * dlib's face recognition ResNet from the weights that come with face-api.
 *
 * Input `input`: RGB 0..255, [N, 3, 150, 150]; the normalisation `(x − mean) / 255` is inside. Output `embedding`:
 * [N, 128], not of unit length.
 *
 * @param weights by face-api's names (`conv32_1/conv1/conv/filters`, …).
 * @throws Error when a weight is absent.
 * @source davisking/dlib, `dnn_face_recognition_ex.cpp`; the variant with explicit scale layers is face-api's.
 */
export function buildDlibResnet(weights: ReadonlyMap<string, TfWeight>): OnnxGraph {
  const graph = createGraphBuilder('dlib-resnet');
  const net: Net = { graph, weights };
  const pixels = graph.input({ name: 'input', dims: [BATCH, 3, INPUT_SIDE, INPUT_SIDE] });
  const centred = graph.node('Sub', [pixels, graph.floats(MEAN_RGB, [3, 1, 1])]);
  const normalised = graph.node('Div', [centred, graph.floats([255], [])]);
  let plane = stem(net, { tensor: normalised, side: INPUT_SIDE, channels: 3 });
  for (const stage of STAGES) {
    if (stage.down) plane = downBlock(net, plane, { name: stage.down, channels: stage.channels });
    for (const block of stage.blocks) plane = plainBlock(net, plane, block);
  }
  const pooled = graph.node('Flatten', [graph.node('GlobalAveragePool', [plane.tensor])], { axis: 1 });
  const dense = weightOf(net, 'fc');
  const embedding = graph.node('MatMul', [pooled, graph.floats(dense.data, dense.dims)]);
  graph.output(embedding, { name: 'embedding', dims: [BATCH, DIMENSION] });
  return graph.finish();
}

interface Net {
  readonly graph: GraphBuilder;
  readonly weights: ReadonlyMap<string, TfWeight>;
}

function stem(net: Net, input: Plane): Plane {
  const convolved = relu(net, convolve(net, input, { name: 'conv32_down', stride: 2, pad: 0 }));
  const tensor = net.graph.node('MaxPool', [convolved.tensor], { kernel_shape: [3, 3], strides: [2, 2] });
  return { ...convolved, tensor, side: Math.floor((convolved.side - 3) / 2) + 1 };
}

function plainBlock(net: Net, input: Plane, name: string): Plane {
  const first = relu(net, convolve(net, input, { name: `${name}/conv1`, stride: 1, pad: 1 }));
  const second = convolve(net, first, { name: `${name}/conv2`, stride: 1, pad: 1 });
  return relu(net, { ...second, tensor: net.graph.node('Add', [second.tensor, input.tensor]) });
}

/**
 * Halves the image. The unpadded convolution may come out a pixel smaller than the halved shortcut; dlib then adds
 * with zeros for what is missing, in pixels as in channels.
 */
function downBlock(net: Net, input: Plane, to: { name: string; channels: number }): Plane {
  const first = relu(net, convolve(net, input, { name: `${to.name}/conv1`, stride: 2, pad: 0 }));
  const second = convolve(net, first, { name: `${to.name}/conv2`, stride: 1, pad: 1 });
  const shortcut = halve(net, input, to.channels);
  const missing = shortcut.side - second.side;
  const grown = missing === 0 ? second.tensor : growAtEnd(net, second.tensor, missing);
  return relu(net, { ...shortcut, tensor: net.graph.node('Add', [grown, shortcut.tensor]) });
}

/** 2×2 average pooling, with empty channels appended. */
function halve(net: Net, input: Plane, channels: number): Plane {
  const pooled = net.graph.node('AveragePool', [input.tensor], { kernel_shape: [2, 2], strides: [2, 2] });
  const side = Math.floor(input.side / 2);
  if (channels === input.channels) return { tensor: pooled, side, channels };
  const tensor = appendChannels(net.graph, pooled, { channels: input.channels, wanted: channels });
  return { tensor, side, channels };
}

function growAtEnd(net: Net, tensor: string, pixels: number): string {
  return net.graph.node('Pad', [tensor, net.graph.integers([0, 0, 0, 0, 0, 0, pixels, pixels])], {
    mode: 'constant',
  });
}

const relu = (net: Net, plane: Plane): Plane => ({
  ...plane,
  tensor: net.graph.node('Relu', [plane.tensor]),
});

/** Convolution, bias and the scale layer behind it. */
function convolve(net: Net, input: Plane, layer: { name: string; stride: number; pad: number }): Plane {
  const { graph } = net;
  const { name, stride, pad } = layer;
  const kernels = convolutionKernels(weightOf(net, `${name}/conv/filters`));
  const [channels = 0, , kernel = 0] = kernels.dims;
  const column = (part: string): string =>
    graph.floats(weightOf(net, `${name}/${part}`).data, [channels, 1, 1]);
  const bias = graph.floats(weightOf(net, `${name}/conv/bias`).data, [channels]);
  const convolved = graph.node('Conv', [input.tensor, graph.floats(kernels.data, kernels.dims), bias], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
  });
  const scaled = graph.node('Mul', [convolved, column('scale/weights')]);
  const tensor = graph.node('Add', [scaled, column('scale/biases')]);
  return { tensor, side: Math.floor((input.side + 2 * pad - kernel) / stride) + 1, channels };
}

function weightOf({ weights }: Net, name: string): TfWeight {
  const weight = weights.get(name);
  if (!weight) throw new Error(`The weights lack ${name}.`);
  return weight;
}
