/**
 * The process that carries out one command about accounts. Reading this file starts it.
 *
 * @module
 */
import process from 'node:process';
import { composeAccounts } from './compose-accounts.ts';
import { environment } from './config/environment.ts';
import { runAccounts } from './run-accounts.ts';

// It takes moments, and a database of our own is to be stopped in order: who asks for an end waits for this one.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.exitCode = await runAccounts({
  args: process.argv.slice(2),
  env: environment(),
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  compose: composeAccounts,
});
