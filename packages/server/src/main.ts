/**
 * The process. Reading this file starts the server.
 *
 * @module
 */
import process from 'node:process';
import { compose } from './compose.ts';
import { environment } from './config/environment.ts';
import { runServer } from './run-server.ts';
import { stopAsked } from './stop-asked.ts';

const exitCode = await runServer({
  env: environment(),
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  compose,
  stopAsked: stopAsked(),
});
// Nothing is left to do; a thread that hangs must not keep the process alive.
process.exit(exitCode);
