import type { GraphBuilder } from './onnx-graph.ts';

/**
 * Appends empty channels to an NCHW tensor, by a 1×1 convolution with the identity.
 *
 * The values are those of a Pad, to the bit. A Pad would make the runtime leave its blocked channel layout for the
 * whole chain of residual blocks after it, which costs BlazeFace 4 % of its time.
 */
export function appendChannels(
  graph: GraphBuilder,
  tensor: string,
  { channels, wanted }: { channels: number; wanted: number },
): string {
  const identity = new Float32Array(wanted * channels);
  for (let i = 0; i < channels; i++) identity[i * channels + i] = 1;
  const weight = graph.floats(identity, [wanted, channels, 1, 1]);
  return graph.node('Conv', [tensor, weight], { kernel_shape: [1, 1] });
}
