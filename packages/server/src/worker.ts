/**
 * The process that examines cases and answers nobody. Reading this file starts it.
 *
 * @module
 */
import process from 'node:process';
import { composeWorker } from './compose-worker.ts';
import { environment } from './config/environment.ts';
import { runWorker } from './run-worker.ts';
import { stopAsked } from './stop-asked.ts';

const exitCode = await runWorker({
  env: environment(),
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  compose: composeWorker,
  stopAsked: stopAsked(),
});
// Nothing is left to do; a thread that hangs must not keep the process alive.
process.exit(exitCode);
