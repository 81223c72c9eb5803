/**
 * The process that reads the audit trail. Reading this file starts it.
 *
 * @module
 */
import process from 'node:process';
import { composeAudit } from './compose-audit.ts';
import { environment } from './config/environment.ts';
import { runAudit } from './run-audit.ts';

process.exitCode = await runAudit({
  args: process.argv.slice(2),
  env: environment(),
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  compose: composeAudit,
});
