import { Command, CommanderError, Option } from 'commander';
import { addAccounts } from './accounts-commands.ts';
import { addAudit } from './audit-commands.ts';
import { detectCommand } from './commands/detect.ts';
import { rotateCommand } from './commands/keys.ts';
import { matchCommand } from './commands/match.ts';
import {
  fingerprintCommand,
  installCommand,
  listCommand,
  prepareCommand,
  verifyCommand,
} from './commands/models.ts';
import { serveCommand } from './commands/serve.ts';
import { workerCommand } from './commands/worker.ts';
import { EXIT, EXIT_CODES_HELP } from './exit-codes.ts';
import { toFailure } from './failure.ts';
import type { Outside } from './outside.ts';

/**
 * Runs one command line.
 *
 * @param args  what follows the program's name.
 * @returns     the exit code; never throws.
 */
export async function runProgram(args: readonly string[], outside: Outside): Promise<number> {
  let exitCode: number = EXIT.success;
  const program = buildProgram(outside, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.success : EXIT.usage;
    return reportFailure(thrown, outside, args.includes('--json'));
  }
}

function reportFailure(thrown: unknown, outside: Outside, json: boolean): number {
  const { exitCode, code, message } = toFailure(thrown);
  if (json) outside.print(JSON.stringify({ error: { code, message } }, undefined, 2));
  outside.complain(`facegate: ${message}`);
  if (code === 'internal' && outside.environment['DEBUG'] && thrown instanceof Error) {
    outside.complain(thrown.stack ?? '');
  }
  return exitCode;
}

type Finish = (exitCode: number) => void;

function buildProgram(outside: Outside, finish: Finish): Command {
  const program = new Command('facegate')
    .description('Face verification on your own machine.')
    .addHelpText('after', EXIT_CODES_HELP)
    .configureOutput({
      writeOut: (text) => outside.print(text.trimEnd()),
      writeErr: (text) => outside.complain(text.trimEnd()),
    })
    .exitOverride()
    .showHelpAfterError('Try "facegate --help".');
  addServe(program, outside, finish);
  addWorker(program, outside, finish);
  addMatch(program, outside, finish);
  addDetect(program, outside, finish);
  addModels(program, outside, finish);
  addKeys(program, outside, finish);
  addAccounts(program, outside, finish);
  addAudit(program, outside, finish);
  return program;
}

const jsonOption = () => new Option('--json', 'print one JSON document instead of text');
const packOption = () =>
  new Option('--pack <id>', 'model pack to use (default: FACEGATE_PACK, or the best one installed)');

function addServe(program: Command, outside: Outside, finish: Finish): void {
  program
    .command('serve')
    .description('start the server in the foreground; configured by FACEGATE_* variables')
    .option('--host <address>', 'address to listen on (FACEGATE_HOST)')
    .option('--port <number>', 'port to listen on (FACEGATE_PORT)')
    .addOption(packOption())
    .action(async (options) => finish(await serveCommand(outside, options)));
}

function addWorker(program: Command, outside: Outside, finish: Finish): void {
  program
    .command('worker')
    .description("examine the cases of a server's store in the foreground, without listening")
    .option('--at-once <number>', 'cases examined at once (FACEGATE_CASES_AT_ONCE)')
    .addOption(packOption())
    .action(async (options) => finish(await workerCommand(outside, options)));
}

function addMatch(program: Command, outside: Outside, finish: Finish): void {
  program
    .command('match')
    .description('compare the central face of two pictures')
    .argument('<probe>', 'picture file')
    .argument('<reference>', 'picture file')
    .addOption(packOption())
    .addOption(jsonOption())
    .action(async (probe, reference, options) =>
      finish(await matchCommand(outside, { probe, reference }, options)),
    );
}

function addDetect(program: Command, outside: Outside, finish: Finish): void {
  program
    .command('detect')
    .description('find the faces of a picture')
    .argument('<picture>', 'picture file')
    .option('--all', 'every face, not the central one alone')
    .option('--draw <file>', 'write a PNG or SVG with boxes, points, mesh and the edges of a portrait')
    .addOption(packOption())
    .addOption(jsonOption())
    .action(async (picture, options) => finish(await detectCommand(outside, picture, options)));
}

function addModels(program: Command, outside: Outside, finish: Finish): void {
  const models = program.command('models').description('install and check model packs');
  models
    .command('list')
    .description('installed packs, best first')
    .addOption(jsonOption())
    .action(async (options) => finish(await listCommand(outside, options)));
  models
    .command('verify')
    .description('check every file of every installed pack')
    .addOption(jsonOption())
    .action(async (options) => finish(await verifyCommand(outside, options)));
  models
    .command('prepare')
    .description('convert the core pack from the installed packages')
    .addOption(jsonOption())
    .action(async (options) => finish(await prepareCommand(outside, options)));
  models
    .command('install')
    .description('install a pack whose files are fetched from public addresses')
    .addArgument(program.createArgument('<pack>', 'name of the pack').choices(['accurate']))
    .option('--from <folder>', 'take the source files from a folder instead')
    .addOption(jsonOption())
    .action(async (_pack, options) => finish(await installCommand(outside, options)));
  models
    .command('fingerprint')
    .description('print what the manifest of one\'s own pack should say under "golden"')
    .argument('<folder>', 'folder of the pack')
    .action(async (folder) => finish(await fingerprintCommand(outside, folder)));
}

function addKeys(program: Command, outside: Outside, finish: Finish): void {
  program
    .command('keys')
    .description('the master key that everything kept is sealed with')
    .command('rotate')
    .description('replace it; run again, it goes on where it was cut short')
    .action(async () => finish(await rotateCommand(outside)));
}
