/**
 * A thread of the scan: takes the memories as they are made, then runs one task at a time.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { BatchLane } from './batch-lane.ts';
import type { KernelModules } from './kernel.ts';
import type { Layout } from './layout.ts';
import { ScanLane } from './scan-lane.ts';
import type { ScanTask } from './scan-task.ts';

export interface ScanWorkerSetting {
  readonly layout: Layout;
  readonly kernels: KernelModules;
  readonly lane: number;
}

export type ScanOrder = { readonly memory: WebAssembly.Memory } | { readonly task: ScanTask };

const { layout, kernels, lane } = workerData as ScanWorkerSetting;
const scanLane = new ScanLane(layout, kernels, lane);
const batchLane = new BatchLane(layout, kernels);

parentPort?.on('message', async (order: ScanOrder) => {
  if ('memory' in order) {
    scanLane.addSegment(order.memory);
    batchLane.addSegment(order.memory);
  } else {
    const { task } = order;
    parentPort?.postMessage(task.probes.length > 1 ? await batchLane.run(task) : [scanLane.run(task)]);
  }
});
