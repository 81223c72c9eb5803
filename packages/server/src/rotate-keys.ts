/**
 * The process that replaces the master key. Reading this file starts it.
 *
 * @module
 */
import process from 'node:process';
import { composeRotation } from './compose-rotation.ts';
import { environment } from './config/environment.ts';
import { runRotation } from './run-rotation.ts';

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

process.exitCode = await runRotation({
  env: environment(),
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  compose: composeRotation,
  stopAsked: stop.signal,
});
