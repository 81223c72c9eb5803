import { type Command, InvalidArgumentError, Option } from 'commander';
import { accountsCommand } from './commands/accounts.ts';
import type { Outside } from './outside.ts';

const DOORS = ['native', 'facia', 'verihubs', 'advance'];
const CALLBACK_DOORS = ['facia'];
const SCOPES = ['verify', 'enrol', 'search', 'read', 'admin'];
const QUOTAS = ['verify', 'liveness'];

/** `facegate accounts …`. Whether an account exists, and whether a number is too large, the server's program says. */
export function addAccounts(program: Command, outside: Outside, finish: (exitCode: number) => void): void {
  const accounts = program.command('accounts').description('whose data is whose, and what opens their doors');
  const command = (name: string, description: string) =>
    accounts
      .command(name)
      .description(description)
      .addOption(new Option('--json', 'print one JSON document instead of text'));
  const run = async (request: object, { json }: { json?: boolean }) =>
    finish(await accountsCommand(outside, request, json === true));

  command('list', 'all accounts, with the credentials that hold').action((options) =>
    run({ action: 'list' }, options),
  );
  for (const [action, description] of [
    ['create', 'make one; its credentials are shown once'],
    ['disable', 'refuse its credentials at every door; its data stay'],
    ['enable', 'take them again'],
  ] as const) {
    command(action, description)
      .argument('<name>', 'name of the account')
      .action((name, options) => run({ action, name }, options));
  }
  command('rotate', 'issue new credentials; the earlier ones hold a while longer')
    .argument('<name>', 'name of the account')
    .addOption(listOption('--door <door...>', 'doors to issue for (default: all)', DOORS))
    .addOption(listOption('--scope <scope...>', 'what the new ones may be used for (default: all)', SCOPES))
    .option(
      '--overlap-seconds <seconds>',
      'how long the earlier ones hold; 0: not at all (default: a day)',
      count,
    )
    .action((name, { json, door: doors, scope: scopes, overlapSeconds }) =>
      run({ action: 'rotate', name, doors, scopes, overlapSeconds }, { json }),
    );
  command('limits', 'show or change its limits and mode')
    .argument('<name>', 'name of the account')
    .option(
      '--requests-per-minute <door=n>',
      'a whole number, or "default"; repeatable',
      pairsOf(DOORS, 'default'),
    )
    .option(
      '--quota <quota=n>',
      'uses in testing mode, or "none" for no end; repeatable',
      pairsOf(QUOTAS, 'none'),
    )
    .addOption(new Option('--mode <mode>', 'quotas hold in testing mode alone').choices(['testing', 'live']))
    .action((name, { json, mode, quota: quotas, requestsPerMinute }) =>
      run({ action: 'limits', name, mode, quotas, requestsPerMinute }, { json }),
    );
  command('callback', 'set, show or end where it is told of its cases')
    .argument('<name>', 'name of the account')
    .addOption(new Option('--door <door>', 'whose API').choices(CALLBACK_DOORS).makeOptionMandatory())
    .option('--url <url>', 'where to, over https')
    .addOption(new Option('--off', 'tell it no more').conflicts('url'))
    .action((name, { json, ...callback }) => run({ action: 'callback', name, ...callback }, { json }));
}

const listOption = (flags: string, description: string, choices: string[]): Option =>
  new Option(flags, description).choices(choices);

function count(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}

type Counts = Readonly<Record<string, number | null>>;

/** Gathers `name=number`. @param absent the word for no number of one's own. */
const pairsOf =
  (names: readonly string[], absent: string) =>
  (text: string, before: Counts = {}): Counts => {
    const [name = '', value = '', ...rest] = text.split('=');
    if (!names.includes(name) || rest.length > 0) {
      throw new InvalidArgumentError(`One of ${names.join(', ')} is needed, then = and a number.`);
    }
    return { ...before, [name]: value === absent ? null : count(value) };
  };
