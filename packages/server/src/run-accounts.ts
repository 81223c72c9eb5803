import { type AccountCommand, parseAccountCommand } from './account-command.ts';
import { carryOut } from './carry-out.ts';
import type { AccountsComposition } from './compose-accounts.ts';
import { ConfigError, type Environment, EXIT_CONFIG, loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { FaceError } from './domain/errors.ts';
import { reasonOf } from './reason-of.ts';
import type { Report } from './report.ts';

/** All that the process has to do with the world. */
export interface AccountsWorld {
  /** What follows the program's name: the command as JSON, and `--json` where JSON is to be answered. */
  readonly args: readonly string[];
  readonly env: Environment;
  /** The answer. */
  print(text: string): void;
  /** To the person who started it: what takes time, and what is wrong. */
  complain(text: string): void;
  compose(config: Config, say: (line: string) => void): Promise<AccountsComposition>;
}

/**
 * Carries out one command about the accounts of the store that the settings name.
 *
 * @returns the exit status: 0 when it was done, 78 for wrong settings, 1 for all else.
 */
export async function runAccounts(world: AccountsWorld): Promise<number> {
  const [command = '', format] = world.args;
  const isJson = format === '--json';
  try {
    const report = await manage(world, parseAccountCommand(command));
    world.print(isJson ? jsonText(report.json) : `${report.text}\n`);
    return 0;
  } catch (error) {
    const failure = failureOf(error);
    if (isJson) world.print(jsonText({ error: failure }));
    world.complain(`facegate: ${failure.message}\n`);
    return error instanceof ConfigError ? EXIT_CONFIG : 1;
  }
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

async function manage({ env, compose, complain }: AccountsWorld, command: AccountCommand): Promise<Report> {
  const { close, ...operations } = await compose(loadConfig(env), (line) => complain(`facegate: ${line}\n`));
  try {
    return await carryOut(operations, command);
  } finally {
    await close();
  }
}

function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof FaceError) return { code: error.code, message: error.publicMessage };
  if (error instanceof ConfigError) {
    return { code: 'wrong-settings', message: ['these settings are wrong:', ...error.problems].join('\n  ') };
  }
  return { code: 'internal', message: error instanceof Error ? reasonOf(error) : String(error) };
}
