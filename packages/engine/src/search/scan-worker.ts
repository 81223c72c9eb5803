/**
 * A thread of the scan: takes the memories as they are made, then runs one task at a time.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Layout } from './layout.ts';
import { ScanLane } from './scan-lane.ts';
import type { ScanTask } from './scan-task.ts';

export interface ScanWorkerSetting {
  readonly layout: Layout;
  readonly module: WebAssembly.Module;
  readonly lane: number;
}

export type ScanOrder = { readonly memory: WebAssembly.Memory } | { readonly task: ScanTask };

const { layout, module, lane } = workerData as ScanWorkerSetting;
const scanLane = new ScanLane(layout, module, lane);

parentPort?.on('message', (order: ScanOrder) => {
  if ('memory' in order) scanLane.addSegment(order.memory);
  else parentPort?.postMessage(scanLane.run(order.task));
});
