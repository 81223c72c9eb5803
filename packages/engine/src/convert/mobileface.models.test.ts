import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { convertModel } from './convert-model.ts';
import { readMxnetParams } from './mxnet-params.ts';
import type { FloatTensor } from './onnx-graph.ts';

/**
 * MobileFace V2 as converted against a plain interpreter of the MXNet symbol, written here from MXNet's definitions of
 * its operators: loops in double precision, nothing folded, nothing shared with the converter but the file reader.
 */

const modelsFolder =
  process.env['FACEGATE_TEST_MODELS'] ?? path.resolve(import.meta.dirname, '../../../../../shared/models');
const hasModels = existsSync(modelsFolder);
const why = hasModels ? '' : ` (skipped: there is no folder ${modelsFolder})`;

interface Maps {
  readonly channels: number;
  readonly side: number;
  readonly data: Float64Array;
}

interface SymbolNode {
  readonly op: string;
  readonly name: string;
  readonly attrs?: Readonly<Record<string, string>>;
  readonly inputs: readonly (readonly number[])[];
}

const first = (text: string | undefined, fallback: number): number =>
  text === undefined ? fallback : Number(/\d+/.exec(text)![0]);

interface Geometry {
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
  readonly sideIn: number;
  readonly sideOut: number;
}

function convolve(x: Maps, node: SymbolNode, [weight, bias]: readonly FloatTensor[]): Maps {
  const [kernel, stride] = [first(node.attrs!['kernel'], 1), first(node.attrs!['stride'], 1)];
  const pad = first(node.attrs!['pad'], 0);
  const side = Math.floor((x.side + 2 * pad - kernel) / stride) + 1;
  const geometry = { kernel, stride, pad, sideIn: x.side, sideOut: side };
  const channels = Number(node.attrs!['num_filter']);
  const groups = Number(node.attrs!['num_group'] ?? '1');
  const perGroup = x.channels / groups;
  const data = new Float64Array(channels * side * side);
  for (let o = 0; o < channels; o++) {
    const plane = data.subarray(o * side ** 2, (o + 1) * side ** 2).fill(bias?.data[o] ?? 0);
    const firstInput = Math.floor(o / (channels / groups)) * perGroup;
    for (let k = 0; k < perGroup; k++) {
      const image = x.data.subarray((firstInput + k) * x.side ** 2, (firstInput + k + 1) * x.side ** 2);
      const taps = weight!.data.subarray(
        (o * perGroup + k) * kernel ** 2,
        (o * perGroup + k + 1) * kernel ** 2,
      );
      taps.forEach((tap, at) => {
        addTap(plane, image, { ...geometry, tap, row: Math.floor(at / kernel), column: at % kernel });
      });
    }
  }
  return { channels, side, data };
}

/** Adds one kernel element times the image under it to every output pixel. */
function addTap(
  plane: Float64Array,
  image: Float64Array,
  { stride, pad, sideIn, sideOut, tap, row, column }: Geometry & { tap: number; row: number; column: number },
): void {
  for (let r = 0; r < sideOut; r++) {
    const y = r * stride + row - pad;
    if (y < 0 || y >= sideIn) continue;
    for (let c = 0; c < sideOut; c++) {
      const z = c * stride + column - pad;
      if (z >= 0 && z < sideIn) plane[r * sideOut + c]! += tap * image[y * sideIn + z]!;
    }
  }
}

function normalise(x: Maps, node: SymbolNode, [gamma, beta, mean, variance]: readonly FloatTensor[]): Maps {
  const isFixed = (node.attrs?.['fix_gamma'] ?? 'True') === 'True';
  const epsilon = Number(node.attrs?.['eps'] ?? '1e-3');
  const perChannel = x.side * x.side;
  const data = x.data.map((value, i) => {
    const c = Math.floor(i / perChannel);
    const scale = isFixed ? 1 : gamma!.data[c]!;
    return ((value - mean!.data[c]!) / Math.sqrt(variance!.data[c]! + epsilon)) * scale + beta!.data[c]!;
  });
  return { ...x, data };
}

function multiply(x: Maps, weight: FloatTensor): Maps {
  const [channels = 0, width = 0] = weight.dims;
  const data = new Float64Array(channels);
  for (let o = 0; o < channels; o++)
    for (let i = 0; i < width; i++) data[o]! += x.data[i]! * weight.data[o * width + i]!;
  return { channels, side: 1, data };
}

function interpret(
  nodes: readonly SymbolNode[],
  params: ReadonlyMap<string, FloatTensor>,
  input: Maps,
): Maps {
  const results: Maps[] = [];
  const apply = (node: SymbolNode): Maps => {
    const [x, y] = node.inputs.map(([index]) => results[index!]!);
    const weights = node.inputs.slice(1).map(([index]) => params.get(nodes[index!]!.name)!);
    const scalar = Number(node.attrs?.['scalar']);
    switch (node.op) {
      case 'null':
        return input;
      case '_minus_scalar':
        return { ...x!, data: x!.data.map((value) => value - scalar) };
      case '_mul_scalar':
        return { ...x!, data: x!.data.map((value) => value * scalar) };
      case '_maximum_scalar':
        return { ...x!, data: x!.data.map((value) => Math.max(value, scalar)) };
      case '_minimum_scalar':
        return { ...x!, data: x!.data.map((value) => Math.min(value, scalar)) };
      case 'elemwise_add':
        return { ...x!, data: x!.data.map((value, i) => value + y!.data[i]!) };
      case 'Convolution':
        return convolve(x!, node, weights);
      case 'BatchNorm':
        return normalise(x!, node, weights);
      case 'Flatten':
        return x!;
      case 'FullyConnected':
        return multiply(x!, weights[0]!);
      default:
        throw new Error(node.op);
    }
  };
  for (const node of nodes) results.push(apply(node));
  return results.at(-1)!;
}

test.skipIf(!hasModels)(
  `MobileFace V2 agrees with MXNet's definitions within 1e-6 of its length${why}`,
  async () => {
    const side = 112;
    const [symbol, params] = await Promise.all(
      ['mobileface-v2.mxnet.symbol.json', 'mobileface-v2.mxnet.params'].map((name) =>
        readFile(path.join(modelsFolder, name)),
      ),
    );
    const pixels = Float32Array.from(
      { length: 3 * side * side },
      (_, i) => 128 + 127 * Math.sin(i / 37 + Math.sin(i)),
    );
    const options = { name: 'mobileface-v2', inputDims: [3, side, side], dimension: 256 } as const;
    const model = convertModel({ kind: 'mxnet', options }, [symbol!, params!]);
    const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
    const { embedding } = await session.run({ input: new Tensor('float32', pixels, [1, 3, side, side]) });

    const input = { channels: 3, side, data: Float64Array.from(pixels) };
    const expected = interpret(
      JSON.parse(symbol!.toString('utf8')).nodes,
      readMxnetParams(params!),
      input,
    ).data;
    const length = Math.hypot(...expected);
    const differences = [...(embedding!.data as Float32Array)].map((value, i) =>
      Math.abs(value - expected[i]!),
    );
    expect(differences).toHaveLength(256);
    expect(Math.max(...differences)).toBeLessThan(1e-6 * length);
  },
);
