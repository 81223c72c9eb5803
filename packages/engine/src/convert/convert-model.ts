import { Check } from 'typebox/value';
import { buildDlibResnet } from './dlib-resnet.ts';
import { buildMiniFasNet } from './minifasnet.ts';
import { convertMxnetSymbol, type MxnetConversionOptions } from './mxnet-convert.ts';
import { readMxnetParams } from './mxnet-params.ts';
import { type OnnxPatch, patchModel } from './onnx-patch.ts';
import { encodeModel } from './onnx-write.ts';
import { padChannels } from './pad-channels.ts';
import { type OnnxPorts, readOnnx } from './read-onnx.ts';
import { simplify } from './simplify.ts';
import { convertTfGraph, type TfConversionOptions } from './tfjs-convert.ts';
import { readTfGraph } from './tfjs-graph.ts';
import { decodeTfWeights, WeightsManifestSchema } from './tfjs-weights.ts';
import { readTfliteGraph } from './tflite-graph.ts';
import { readTorchState } from './torch-state.ts';

/** How one ONNX file is made from its source files, which come in the order given with each kind. */
export type Conversion =
  /** `model.json`, weight shards. */
  | { readonly kind: 'tfjs-graph'; readonly options: TfConversionOptions }
  /** A TensorFlow Lite file. */
  | { readonly kind: 'tflite'; readonly options: TfConversionOptions }
  /** Weights manifest, weight shards. */
  | { readonly kind: 'dlib-resnet' }
  /** Symbol, parameters. */
  | { readonly kind: 'mxnet'; readonly options: MxnetConversionOptions }
  /** A PyTorch checkpoint. */
  | { readonly kind: 'minifasnet' }
  /** An ONNX file whose nodes stay as they are. */
  | { readonly kind: 'onnx-patch'; readonly patch: OnnxPatch }
  /** An ONNX file that is written anew, with whole blocks of channels. */
  | { readonly kind: 'onnx-graph'; readonly ports: OnnxPorts };

/**
 * Makes an ONNX model.
 *
 * Deterministic: the same sources give the same bytes on every machine, so that a checksum can be pinned.
 *
 * @throws Error when a source is absent, broken or holds anything the converter does not know.
 * @cost  up to a second and about five times the size of the weights.
 */
export function convertModel(conversion: Conversion, sources: readonly Uint8Array[]): Uint8Array {
  const first = sourceAt(sources, 0);
  switch (conversion.kind) {
    case 'tfjs-graph': {
      const graph = readTfGraph(text(first), sourceAt(sources, 1));
      return encodeModel(simplify(convertTfGraph(graph, conversion.options)));
    }
    case 'tflite':
      return encodeModel(simplify(convertTfGraph(readTfliteGraph(first), conversion.options)));
    case 'dlib-resnet': {
      const manifest: unknown = JSON.parse(text(first));
      if (!Check(WeightsManifestSchema, manifest)) throw new Error('The file is no weights manifest.');
      return encodeModel(simplify(buildDlibResnet(decodeTfWeights(manifest, sourceAt(sources, 1)))));
    }
    case 'mxnet': {
      const params = readMxnetParams(sourceAt(sources, 1));
      return encodeModel(simplify(convertMxnetSymbol(text(first), params, conversion.options)));
    }
    case 'minifasnet':
      return encodeModel(padChannels(simplify(buildMiniFasNet(readTorchState(first)))));
    case 'onnx-patch':
      return patchModel(first, conversion.patch);
    case 'onnx-graph':
      return encodeModel(padChannels(simplify(readOnnx(first, conversion.ports))));
  }
}

function sourceAt(sources: readonly Uint8Array[], index: number): Uint8Array {
  const source = sources[index];
  if (!source) throw new Error(`The conversion needs more than ${index} source files.`);
  return source;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
