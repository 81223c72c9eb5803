import {
  BATCH,
  createGraphBuilder,
  type FloatTensor,
  type GraphBuilder,
  type OnnxGraph,
} from './onnx-graph.ts';

const INPUT_SIDE = 80;
const CLASSES = 3;
/** PyTorch's default, which the network was built with. */
const BATCH_NORM_EPSILON = 1e-5;
/** `DataParallel` puts this before every name. */
const NAME_PREFIX = 'module.';

/**
 * MiniFASNet, a passive presentation attack detector, V2 or V1SE: the weights say which. Blocks, groups and
 * squeeze-and-excite modules are read off their names and shapes.
 *
 * Input `input`: BGR 0..255, [N, 3, 80, 80]. Output `probabilities`: [N, 3], class 1 is bona fide.
 *
 * @param state tensors by PyTorch name; see torch-state.ts.
 * @throws Error when a weight is absent.
 * @source minivision-ai/Silent-Face-Anti-Spoofing, `src/model_lib/MiniFASNet.py`.
 */
export function buildMiniFasNet(state: ReadonlyMap<string, FloatTensor>): OnnxGraph {
  const graph = createGraphBuilder('minifasnet');
  const net: Net = { graph, state };
  let x = graph.input({ name: 'input', dims: [BATCH, 3, INPUT_SIDE, INPUT_SIDE] });
  x = layer(net, x, { name: 'conv1', stride: 2, pad: 1 });
  x = layer(net, x, { name: 'conv2_dw', stride: 1, pad: 1 });
  for (const [halving, stage] of [
    ['conv_23', 'conv_3'],
    ['conv_34', 'conv_4'],
    ['conv_45', 'conv_5'],
  ] as const) {
    x = bottleneck(net, x, { name: halving, stride: 2 });
    x = residualStage(net, x, stage);
  }
  x = layer(net, x, { name: 'conv_6_sep', stride: 1, pad: 0 });
  x = layer(net, x, { name: 'conv_6_dw', stride: 1, pad: 0 });
  const embedding = dense(net, graph.node('Flatten', [x], { axis: 1 }), 'linear');
  const logits = dense(net, normalise(net, embedding, 'bn'), 'prob');
  const probabilities = graph.node('Softmax', [logits], { axis: 1 });
  graph.output(probabilities, { name: 'probabilities', dims: [BATCH, CLASSES] });
  return graph.finish();
}

interface Net {
  readonly graph: GraphBuilder;
  readonly state: ReadonlyMap<string, FloatTensor>;
}

function residualStage(net: Net, input: string, name: string): string {
  let x = input;
  for (let i = 0; hasWeight(net, `${name}.model.${i}.conv.conv.weight`); i++) {
    const block = `${name}.model.${i}`;
    const inner = bottleneck(net, x, { name: block, stride: 1 });
    const weighed = hasWeight(net, `${block}.se_module.fc1.weight`)
      ? squeezeExcite(net, inner, block)
      : inner;
    x = net.graph.node('Add', [x, weighed]);
  }
  return x;
}

/** Pointwise, depthwise, pointwise; the last without activation. */
function bottleneck(net: Net, input: string, block: { name: string; stride: number }): string {
  const wide = layer(net, input, { name: `${block.name}.conv`, stride: 1, pad: 0 });
  const mixed = layer(net, wide, { name: `${block.name}.conv_dw`, stride: block.stride, pad: 1 });
  return layer(net, mixed, { name: `${block.name}.project`, stride: 1, pad: 0 });
}

/** Weighs each channel by a gate computed from the averages of all channels. */
function squeezeExcite(net: Net, input: string, block: string): string {
  const { graph } = net;
  const gate = (x: string, index: 1 | 2): string => {
    const convolved = convolve(net, x, { name: `${block}.se_module.fc${index}`, stride: 1, pad: 0 });
    return normalise(net, convolved, `${block}.se_module.bn${index}`);
  };
  const squeezed = graph.node('Relu', [gate(graph.node('GlobalAveragePool', [input]), 1)]);
  return graph.node('Mul', [input, graph.node('Sigmoid', [gate(squeezed, 2)])]);
}

interface Layer {
  readonly name: string;
  readonly stride: number;
  readonly pad: number;
}

/** Convolution, batch normalisation, and PReLU where the weights have one. */
function layer(net: Net, input: string, { name, stride, pad }: Layer): string {
  const convolved = convolve(net, input, { name: `${name}.conv`, stride, pad });
  const normalised = normalise(net, convolved, `${name}.bn`);
  if (!hasWeight(net, `${name}.prelu.weight`)) return normalised;
  const slope = weightOf(net, `${name}.prelu.weight`).data;
  return net.graph.node('PRelu', [normalised, net.graph.floats(slope, [slope.length, 1, 1])]);
}

/** A kernel that sees one channel belongs to a depthwise convolution, unless there is but one. */
function convolve(net: Net, input: string, { name, stride, pad }: Layer): string {
  const { dims, data } = weightOf(net, `${name}.weight`);
  const [channels = 0, perGroup = 0, height = 0, width = 0] = dims;
  return net.graph.node('Conv', [input, net.graph.floats(data, dims)], {
    kernel_shape: [height, width],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
    group: perGroup === 1 ? channels : 1,
  });
}

function normalise(net: Net, input: string, name: string): string {
  const tensors = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => {
    const { dims, data } = weightOf(net, `${name}.${part}`);
    return net.graph.floats(data, dims);
  });
  return net.graph.node('BatchNormalization', [input, ...tensors], {
    epsilon: { float: BATCH_NORM_EPSILON },
  });
}

function dense(net: Net, input: string, name: string): string {
  const { dims, data } = weightOf(net, `${name}.weight`);
  return net.graph.node('Gemm', [input, net.graph.floats(data, dims)], { transB: 1 });
}

const hasWeight = ({ state }: Net, name: string): boolean => state.has(NAME_PREFIX + name);

function weightOf({ state }: Net, name: string): FloatTensor {
  const weight = state.get(NAME_PREFIX + name);
  if (!weight) throw new Error(`The checkpoint lacks ${name}.`);
  return weight;
}
