import type { AccountCommand } from './account-command.ts';
import { credentialLines, credentialWords } from './credential-words.ts';
import type { Account } from './domain/accounts/account.ts';
import type { Accounts, IssuedCredentials } from './domain/accounts/accounts.ts';

/** What a command about accounts came to: for people, and for programs. */
export interface Report {
  readonly text: string;
  readonly json: unknown;
}

/** @throws FaceError */
export async function carryOut(accounts: Accounts, command: AccountCommand): Promise<Report> {
  switch (command.action) {
    case 'list':
      return reportList(await accounts.list());
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

const reportList = (listed: Listed): Report => ({
  text: listed.length === 0 ? 'There is no account yet.' : listed.flatMap(accountLines).join('\n'),
  json: listed.map(({ name: account, credentials, ...rest }) => ({
    account,
    ...rest,
    credentials: credentials.map(({ account: _account, ...credential }) => credential),
  })),
});

const accountLines = ({ name, state, mode, createdAt, limits, credentials }: Listed[number]): string[] => [
  `${name}: ${state}, ${mode}, made on ${createdAt.toISOString().slice(0, 10)}`,
  ...limitLines(limits),
  ...credentials.map(({ door, identifier, scopes, expiresAt }) => {
    const end = expiresAt === undefined ? '' : `, until ${expiresAt.toISOString()}`;
    return `  ${door.padEnd(10)}${identifier}  ${scopes.join(' ')}${end}`;
  }),
];
