import { countUses } from './node-uses.ts';
import { type Constant, floatConstant, type OnnxGraph, type OnnxNode } from './onnx-graph.ts';

/** A clamp: values below `low` become `low`, values above `high` become `high`. */
interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * Merges chains of Relu, Min, Max and Clip by scalars into one node: Relu(x) then Min(·, 6) is Clip(x, 0, 6), which
 * the runtime fuses into the convolution before it.
 */
export function mergeBounds(graph: OnnxGraph): OnnxGraph {
  const uses = countUses(graph);
  const constants = new Map(graph.constants);
  const nodes: OnnxNode[] = [];
  const positions = new Map<string, number>();
  for (const node of graph.nodes) {
    const position = positions.get(node.inputs[0]!);
    const before = position === undefined ? undefined : nodes[position];
    const merged = before && uses.get(before.output) === 1 ? mergePair(before, node, constants) : undefined;
    if (merged && position !== undefined) nodes[position] = merged;
    else nodes.push(node);
    positions.set(node.output, merged && position !== undefined ? position : nodes.length - 1);
  }
  return { ...graph, nodes, constants };
}

function mergePair(
  first: OnnxNode,
  second: OnnxNode,
  constants: Map<string, Constant>,
): OnnxNode | undefined {
  const [inner, outer] = [boundsOf(first, constants), boundsOf(second, constants)];
  if (!inner || !outer) return undefined;
  const bounds = { low: clamp(inner.low, outer), high: clamp(inner.high, outer) };
  const input = first.inputs[0]!;
  if (bounds.low === 0 && bounds.high === Infinity) {
    return { op: 'Relu', inputs: [input], output: second.output, attributes: {} };
  }
  if (!Number.isFinite(bounds.low) || !Number.isFinite(bounds.high)) return undefined;
  const inputs = [input, scalar(constants, bounds.low), scalar(constants, bounds.high)];
  return { op: 'Clip', inputs, output: second.output, attributes: {} };
}

/** Undefined when the node is no clamp of its first input by scalars. */
function boundsOf(node: OnnxNode, constants: ReadonlyMap<string, Constant>): Bounds | undefined {
  if (node.op === 'Relu') return { low: 0, high: Infinity };
  if (!['Min', 'Max', 'Clip'].includes(node.op)) return undefined;
  const limits = node.inputs.slice(1).map((name) => scalarOf(name, constants));
  const [first, second] = limits;
  if (first === undefined) return undefined;
  if (node.op === 'Min') return { low: -Infinity, high: first };
  if (node.op === 'Max') return { low: first, high: Infinity };
  return node.op === 'Clip' && second !== undefined ? { low: first, high: second } : undefined;
}

function scalarOf(name: string, constants: ReadonlyMap<string, Constant>): number | undefined {
  if (!constants.has(name)) return undefined;
  const { data } = floatConstant({ constants }, name);
  return data.length === 1 ? data[0] : undefined;
}

function scalar(constants: Map<string, Constant>, value: number): string {
  const name = `bound${value}`;
  constants.set(name, { dims: [], data: Float32Array.of(value) });
  return name;
}

const clamp = (value: number, { low, high }: Bounds): number => Math.min(high, Math.max(low, value));
