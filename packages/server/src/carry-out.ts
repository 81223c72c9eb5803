import type { AccountCommand } from './account-command.ts';
import { credentialLines, credentialWords } from './credential-words.ts';
import type { Account } from './domain/accounts/account.ts';
import type { Accounts, IssuedCredentials } from './domain/accounts/accounts.ts';
import type { CallbackAddress } from './domain/callbacks/callback.ts';
import type { Callbacks } from './domain/callbacks/callbacks.ts';
import type { Report } from './report.ts';
import { reportCallback } from './report-callback.ts';

/** All that commands are about. */
export interface Operations {
  readonly accounts: Accounts;
  readonly callbacks: Callbacks;
}

/** @throws FaceError */
export async function carryOut(
  { accounts, callbacks }: Operations,
  command: AccountCommand,
): Promise<Report> {
  switch (command.action) {
    case 'list':
      return reportList(await accounts.list(), await callbacks.list());
    case 'create':
      return reportCredentials(await accounts.create(command.name));
    case 'rotate': {
      const { name, action: _action, ...rotation } = command;
      return reportCredentials(await accounts.rotate(name, rotation));
    }
    case 'disable':
      await accounts.disable(command.name);
      return reportState(command.name, 'disabled');
    case 'enable':
      await accounts.enable(command.name);
      return reportState(command.name, 'active');
    case 'limits': {
      const { name, action: _action, ...change } = command;
      return reportLimits(await accounts.setLimits(name, change));
    }
    case 'callback':
      return reportCallback(callbacks, command);
  }
}

function reportCredentials(issued: IssuedCredentials): Report {
  const doors = credentialWords(issued);
  const lines = [`Credentials of ${issued.account}, shown only this once:`, ...credentialLines(issued)];
  return {
    text: lines.join('\n'),
    json: {
      account: issued.account,
      ...Object.fromEntries(doors.map(({ door, words }) => [door, Object.fromEntries(words)])),
    },
  };
}

const reportState = (account: string, state: Account['state']): Report => ({
  text: `${account} is ${state}.`,
  json: { account, state },
});

const reportLimits = ({ name, mode, limits }: Account): Report => ({
  text: [`${name} is in ${mode} mode.`, ...limitLines(limits)].join('\n'),
  json: { account: name, mode, ...limits },
});

const limitLines = ({ requestsPerMinute, quotas }: Account['limits']): string[] => [
  ...Object.entries(requestsPerMinute).map(([door, limit]) => `  ${door}: ${limit} requests per minute`),
  ...Object.entries(quotas).map(([quota, limit]) => `  quota of ${quota}: ${limit}`),
];

type Listed = Awaited<ReturnType<Accounts['list']>>;

function reportList(listed: Listed, callbacks: readonly CallbackAddress[]): Report {
  const ofAccount = (id: string) => callbacks.filter(({ account }) => account === id);
  const lines = listed.flatMap((account) => [
    ...accountLines(account),
    ...callbackLines(ofAccount(account.id)),
  ]);
  return {
    text: listed.length === 0 ? 'There is no account yet.' : lines.join('\n'),
    json: listed.map(({ name: account, credentials, ...rest }) => ({
      account,
      ...rest,
      credentials: credentials.map(({ account: _account, ...credential }) => credential),
      callbacks: ofAccount(rest.id).map(({ door, url }) => ({ door, url })),
    })),
  };
}

const callbackLines = (callbacks: readonly CallbackAddress[]): string[] =>
  callbacks.map(({ door, url }) => `  ${door.padEnd(10)}calls back at ${url}`);

const accountLines = ({ name, state, mode, createdAt, limits, credentials }: Listed[number]): string[] => [
  `${name}: ${state}, ${mode}, made on ${createdAt.toISOString().slice(0, 10)}`,
  ...limitLines(limits),
  ...credentials.map(({ door, identifier, scopes, expiresAt }) => {
    const end = expiresAt === undefined ? '' : `, until ${expiresAt.toISOString()}`;
    return `  ${door.padEnd(10)}${identifier}  ${scopes.join(' ')}${end}`;
  }),
];
