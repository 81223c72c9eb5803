/** Spatial arithmetic of TensorFlow's convolutions, and its weight layouts turned into ONNX's. */
import type { FloatTensor } from './onnx-graph.ts';

export type TfPadding = 'SAME' | 'VALID';

/** A window sliding along one axis, all in px of that axis. */
export interface Window {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation?: number;
}

/**
 * Padding before and after, and the number of windows, along one axis.
 *
 * TensorFlow's SAME yields ceil(size / stride) windows; where the padding is odd the extra pixel goes after. A
 * symmetric padding of the same total would shift every second layer by a pixel.
 *
 * @source tensorflow.org, `tf.nn.convolution`, "Notes on padding".
 */
export function padAxis(
  window: Window,
  padding: TfPadding,
): { before: number; after: number; count: number } {
  const { size, kernel, stride, dilation = 1 } = window;
  const reach = (kernel - 1) * dilation + 1;
  if (padding === 'VALID') return { before: 0, after: 0, count: Math.ceil((size - reach + 1) / stride) };
  const count = Math.ceil(size / stride);
  const total = Math.max(0, (count - 1) * stride + reach - size);
  const before = Math.floor(total / 2);
  return { before, after: total - before, count };
}

/** Convolution kernels, TensorFlow's [height, width, in, out] to ONNX's [out, in, height, width]. */
export function convolutionKernels({ dims, data }: FloatTensor): FloatTensor {
  return permute({ dims, data }, [3, 2, 0, 1]);
}

/** Depthwise kernels, [height, width, channel, multiplier] to [channel · multiplier, 1, height, width]. */
export function depthwiseKernels({ dims, data }: FloatTensor): FloatTensor {
  const [height, width, channels, multiplier] = fourDims(dims);
  return {
    dims: [channels * multiplier, 1, height, width],
    data: permute({ dims, data }, [2, 3, 0, 1]).data,
  };
}

/** Reorders four axes; axis `i` of the result is axis `order[i]` of the input. @cost one pass, one copy. */
export function permute(
  { dims, data }: FloatTensor,
  order: readonly [number, number, number, number],
): FloatTensor {
  const sizes = fourDims(dims);
  const strides = [sizes[1] * sizes[2] * sizes[3], sizes[2] * sizes[3], sizes[3], 1];
  const [a, b, c, d] = fourDims(order.map((axis) => sizes[axis]!));
  const [sa, sb, sc, sd] = fourDims(order.map((axis) => strides[axis]!));
  const result = new Float32Array(data.length);
  let at = 0;
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++)
        for (let l = 0; l < d; l++) result[at++] = data[i * sa + j * sb + k * sc + l * sd]!;
  return { dims: [a, b, c, d], data: result };
}

function fourDims(dims: readonly number[]): [number, number, number, number] {
  if (dims.length !== 4) throw new Error(`Expected four dimensions, got [${dims.join(', ')}].`);
  return [dims[0]!, dims[1]!, dims[2]!, dims[3]!];
}
