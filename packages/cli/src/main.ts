import { fileURLToPath } from 'node:url';
import { runNodeScript } from './child-process.ts';
import { openEngineDoor } from './engine-door.ts';
import { runProgram } from './program.ts';
import { download } from './sources/download.ts';

/** The server's programs are found by their place in the clone; importing one would load it. */
const serverProgram = (name: string) =>
  fileURLToPath(new URL(`../../server/dist/${name}.js`, import.meta.url));

const terminal = {
  isInteractive: process.stdin.isTTY === true,
  stopsWithParent: process.env['npm_execpath'] !== undefined,
};

process.exitCode = await runProgram(process.argv.slice(2), {
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
  isWatched: process.stderr.isTTY === true,
  environment: process.env,
  currentFolder: process.cwd(),
  openEngine: openEngineDoor,
  download: (url) => download(url),
  runServer: (environment) => runNodeScript(serverProgram('main'), environment, terminal),
  runWorker: (environment) => runNodeScript(serverProgram('worker'), environment, terminal),
  runRotation: (environment) => runNodeScript(serverProgram('rotate-keys'), environment, terminal),
  runAccounts: (args, environment) =>
    runNodeScript([serverProgram('manage-accounts'), ...args], environment, terminal),
  runAudit: (args, environment) =>
    runNodeScript([serverProgram('audit-trail'), ...args], environment, terminal),
});
