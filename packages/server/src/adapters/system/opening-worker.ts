/**
 * The thread that opens templates.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createOpenTemplate } from '../../domain/identification/open-template.ts';
import type { KeyRing } from './key-ring.ts';
import { createKeys } from './keys.ts';
import { type OpeningBatch, packOpened, unpackBatch } from './opening-batch.ts';

const ring = workerData as KeyRing;
const open = createOpenTemplate(createKeys(() => ring));

parentPort?.on('message', (batch: OpeningBatch) => {
  const opened = packOpened(
    unpackBatch(batch).map((sealed) => {
      try {
        return open(sealed);
      } catch {
        // Opened once more by whoever asked, where the reason is told.
        return undefined;
      }
    }),
  );
  parentPort?.postMessage(opened, [opened.items.buffer, opened.ends.buffer]);
});
