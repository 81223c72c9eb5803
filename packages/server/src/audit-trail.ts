/**
 * The process that reads the audit trail and attests what was erased. Reading this file starts it.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { composeAudit } from './compose-audit.ts';
import { environment } from './config/environment.ts';
import { runAudit } from './run-audit.ts';

process.exitCode = await runAudit({
  args: process.argv.slice(2),
  env: environment(),
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  readText: (path) => readFile(path, 'utf8'),
  compose: composeAudit,
});
