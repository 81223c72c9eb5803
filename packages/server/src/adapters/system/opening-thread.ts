import { Worker } from 'node:worker_threads';
import { errors } from '../../domain/errors.ts';
import type { TemplateOpener } from '../../ports/template-opener.ts';
import type { KeyRing } from './key-ring.ts';
import { type OpenedBatch, packBatch, unpackOpened } from './opening-batch.ts';

/**
 * The TemplateOpener port on a thread of its own.
 *
 * @param ring as it is now: what an even newer key sealed comes back unopened.
 */
export function startOpeningThread(ring: KeyRing): TemplateOpener {
  // Without the process's own flags: they may be meant for its main script.
  const worker = new Worker(workerFile(), { workerData: ring, execArgv: [] });
  const waiting: Waiting[] = [];
  let failure: unknown;
  const fail = (cause: unknown): void => {
    failure ??= errors.internal('the thread that opens templates failed', cause);
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on('message', (opened: OpenedBatch) => waiting.shift()?.resolve(opened));
  worker.on('error', fail);
  worker.on('exit', fail);
  return {
    open: async (batch) => {
      if (failure !== undefined) throw failure;
      const packed = packBatch(batch);
      const answer = new Promise<OpenedBatch>((resolve, reject) => waiting.push({ resolve, reject }));
      worker.postMessage(packed, [packed.sealedDataKeys.items.buffer, packed.sealedTemplates.items.buffer]);
      return unpackOpened(await answer);
    },
    close: async () => void (await worker.terminate()),
  };
}

/** For an answer: they come in the order of the batches. */
interface Waiting {
  resolve(opened: OpenedBatch): void;
  reject(error: unknown): void;
}

function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './opening-worker-from-source.mjs' : './opening-worker.js', import.meta.url);
}
