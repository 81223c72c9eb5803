import { fileURLToPath } from 'node:url';
import { runNodeScript } from './child-process.ts';
import { openEngineDoor } from './engine-door.ts';
import { runProgram } from './program.ts';
import { download } from './sources/download.ts';

/** The server is found by its place in the clone; importing it would load it. */
const SERVER_MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));

process.exitCode = await runProgram(process.argv.slice(2), {
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
  isWatched: process.stderr.isTTY === true,
  environment: process.env,
  currentFolder: process.cwd(),
  openEngine: openEngineDoor,
  download: (url) => download(url),
  runServer: (environment) =>
    runNodeScript(SERVER_MAIN, environment, {
      isInteractive: process.stdin.isTTY === true,
      stopsWithParent: process.env['npm_execpath'] !== undefined,
    }),
});
