import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { auditCommand } from './commands/audit.ts';
import type { Outside } from './outside.ts';

/** `facegate audit …`. */
export function addAudit(program: Command, outside: Outside, finish: (exitCode: number) => void): void {
  const audit = program
    .command('audit')
    .description('the trail of who did what, and receipts of what was erased');
  const run: Run = async (command, given, options) =>
    finish(await auditCommand(outside, [command, ...given], options));
  audit
    .command('verify')
    .description('follow the chain of all lines; exits 1 when one was changed, dropped, added or moved')
    .option('--anchor <number:hash>', 'where the trail once ended, as the server log said', parseAnchor)
    .addOption(jsonOption())
    .action((options) => run('verify', [], options));
  audit
    .command('list')
    .description('lines, oldest first')
    .option('--subject <id>', 'about this person')
    .option('--account <name>', 'of this account')
    .option('--since <time>', 'from then on, such as 2026-01-31 or 2026-01-31T12:00:00Z', parseTime)
    .addOption(jsonLinesOption())
    .action((options) => run('list', [], options));
  audit
    .command('searches-for')
    .description('searches that found a person')
    .argument('<subject-id>', 'id of the person')
    .addOption(jsonLinesOption())
    .action((subjectId, options) => run('searches-for', [subjectId], options));
  addReceipts(audit, outside, run);
}

type Run = (command: string, given: readonly string[], options: object) => Promise<void>;

function addReceipts(audit: Command, outside: Outside, run: Run): void {
  const inFolder = (path: string) => resolve(outside.currentFolder, path);
  audit
    .command('receipt')
    .description('a signed receipt that a case was erased; exits 1 when there is none')
    .argument('<reference>', 'reference of the case')
    .option('--account <name>', 'whose case it was')
    .option('--json', 'print it in one line, and as JSON too why there is none')
    .action((reference, options) => run('receipt', [reference], options));
  audit
    .command('receipt-key')
    .description('the public key that receipts are verified with')
    .action(() => run('receipt-key', [], {}));
  audit
    .command('verify-receipt')
    .description('whether a receipt is as it was signed; exits 1 when it is not')
    .argument('<file>', 'the receipt')
    .option('--public-key <file>', "as receipt-key printed it; without one, the store's own")
    .addOption(jsonOption())
    .action((file, { publicKey, ...options }) =>
      run('verify-receipt', [inFolder(file)], {
        ...options,
        ...(publicKey !== undefined && { 'public-key': inFolder(publicKey) }),
      }),
    );
}

const jsonOption = () => new Option('--json', 'print one JSON document instead of text');
const jsonLinesOption = () => new Option('--json', 'print one JSON object a line');

function parseAnchor(text: string): string {
  if (/^\d+:[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('An anchor is a number, a colon and 64 hexadecimal digits.');
}

function parseTime(text: string): string {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new InvalidArgumentError('That is no time.');
}
