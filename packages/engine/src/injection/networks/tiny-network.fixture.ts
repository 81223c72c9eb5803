import { createGraphBuilder } from '../../convert/onnx-graph.ts';
import { encodeModel } from '../../convert/onnx-write.ts';
import type { InjectionNetworkSpec } from '../../packs/injection-network.ts';

/** Side of what the tiny networks take, px. */
const TINY_SIDE = 16;

type Layout = InjectionNetworkSpec['input']['layout'];

/** An ONNX file that answers `means`: of each channel, divided by a number. A divisor of 0 makes them not numbers. */
export function tinyNetwork({
  layout = 'NCHW',
  divisor = 1,
}: {
  layout?: Layout;
  divisor?: number;
} = {}): Uint8Array {
  const isPlanar = layout === 'NCHW';
  const graph = createGraphBuilder('tiny');
  const dims = isPlanar ? [1, 3, TINY_SIDE, TINY_SIDE] : [1, TINY_SIDE, TINY_SIDE, 3];
  const input = graph.input({ name: 'face', dims });
  const means = graph.node('ReduceMean', [input], { axes: isPlanar ? [2, 3] : [1, 2], keepdims: 0 });
  const divided = graph.node('Div', [means, graph.floats([divisor], [1])]);
  graph.output(divided, { name: 'means', dims: [1, 3] });
  return encodeModel(graph.finish());
}

/** The manifest's words for it: the whole face's box, the first channel's mean a logit of `manipulated`. */
export const TINY_SPEC: InjectionNetworkSpec = {
  name: 'tiny',
  file: 'tiny.onnx',
  input: {
    side: TINY_SIDE,
    layout: 'NCHW',
    colour: 'RGB',
    scale: 255,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    crop: { around: 'box', boxScale: 1 },
  },
  output: { name: 'means', index: 0, meaning: 'logit', of: 'manipulated' },
};

export const TINY_CALIBRATION = {
  dataset: 'drawn',
  measuredOn: '2026-01-01',
  genuine: 1,
  manipulated: 1,
  slope: 2,
  bias: -1,
  logRatioMax: 0.5,
} as const;
