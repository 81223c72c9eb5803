import { type Static, type TSchema, Type } from 'typebox';
import { Check } from 'typebox/value';
import { decodeTfWeights, type TfWeight, WeightsManifestSchema } from './tfjs-weights.ts';

const GraphNode = Type.Object({
  name: Type.String(),
  op: Type.String(),
  input: Type.Optional(Type.Array(Type.String())),
  attr: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

const GraphModel = Type.Object({
  modelTopology: Type.Object({ node: Type.Array(GraphNode) }),
  weightsManifest: WeightsManifestSchema,
});

const TextAttribute = Type.Object({ s: Type.String() });
const TextListAttribute = Type.Object({ list: Type.Object({ s: Type.Array(Type.String()) }) });
const IntegerListAttribute = Type.Object({ list: Type.Object({ i: Type.Array(Type.String()) }) });
const FlagAttribute = Type.Object({ b: Type.Boolean() });
const NumberAttribute = Type.Object({ f: Type.Number() });
const ShapeAttribute = Type.Object({
  shape: Type.Object({ dim: Type.Array(Type.Object({ size: Type.String() })) }),
});

/** A node of a TensorFlow GraphDef. Inputs are node names; all its nodes have one output. */
export interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface TfGraph {
  /** Every node after the nodes it reads. */
  readonly nodes: readonly TfNode[];
  /** Values of the `Const` nodes, by node name. */
  readonly weights: ReadonlyMap<string, TfWeight>;
}

/**
 * Reads a TensorFlow.js GraphModel.
 *
 * @param json   the text of `model.json`.
 * @param shards its weight shards in manifest order, joined.
 * @throws Error when the model is not a graph model, reads absent nodes or does not fit its shards.
 */
export function readTfGraph(json: string, shards: Uint8Array): TfGraph {
  const model: unknown = JSON.parse(json);
  if (!Check(GraphModel, model)) throw new Error('The file is no TensorFlow.js graph model.');
  const nodes = model.modelTopology.node.map(({ name, op, input = [], attr = {} }) => ({
    name,
    op,
    inputs: input.map((reference) => reference.replace(/:0$/, '')),
    attributes: attr,
  }));
  return { nodes: sortByDependency(nodes), weights: decodeTfWeights(model.weightsManifest, shards) };
}

/** A text attribute, such as `padding`. */
export function textAttribute(node: TfNode, name: string): string {
  return decodeText(attribute(node, name, TextAttribute).s);
}

/** A list of texts, such as `fused_ops`; empty when absent. */
export function textListAttribute(node: TfNode, name: string): string[] {
  if (node.attributes[name] === undefined) return [];
  return attribute(node, name, TextListAttribute).list.s.map(decodeText);
}

/** The two spatial entries of an NHWC quadruple, such as `strides`; [1, 1] when absent. */
export function spatialAttribute(node: TfNode, name: string): [number, number] {
  if (node.attributes[name] === undefined) return [1, 1];
  const [, height, width] = attribute(node, name, IntegerListAttribute).list.i.map(Number);
  if (height === undefined || width === undefined)
    throw new Error(`${node.name}: ${name} has no spatial part.`);
  return [height, width];
}

/** A flag, false when absent. */
export function flagAttribute(node: TfNode, name: string): boolean {
  return node.attributes[name] !== undefined && attribute(node, name, FlagAttribute).b;
}

/** A number, such as `epsilon`. */
export function numberAttribute(node: TfNode, name: string): number {
  return attribute(node, name, NumberAttribute).f;
}

/** The shape a placeholder declares; −1 stands for an open dimension. */
export function shapeAttribute(node: TfNode): number[] {
  return attribute(node, 'shape', ShapeAttribute).shape.dim.map(({ size }) => Number(size));
}

function attribute<Schema extends TSchema>(node: TfNode, name: string, schema: Schema): Static<Schema> {
  const value = node.attributes[name];
  if (!Check(schema, value)) throw new Error(`${node.op} ${node.name} has no usable attribute ${name}.`);
  return value;
}

const decodeText = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** Every node after the nodes it reads. @throws Error when one reads what is not there. */
function sortByDependency<Node extends TfNode>(nodes: readonly Node[]): Node[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set<string>();
  const sorted: Node[] = [];
  const visit = (node: Node): void => {
    if (done.has(node.name)) return;
    done.add(node.name);
    for (const input of node.inputs) {
      const source = byName.get(input);
      if (!source) throw new Error(`${node.name} reads ${input}, which is not in the graph.`);
      visit(source);
    }
    sorted.push(node);
  };
  nodes.forEach(visit);
  return sorted;
}
