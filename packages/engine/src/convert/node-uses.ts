import type { OnnxGraph } from './onnx-graph.ts';

/** How many node inputs read each tensor. A rewrite may absorb a tensor only when its sole reader is the absorber. */
export function countUses(graph: OnnxGraph): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const name of graph.nodes.flatMap((node) => node.inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return uses;
}
