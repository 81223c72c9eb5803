import type { Account } from '../accounts/account.ts';
import type { Accounts, IssuedCredentials } from '../accounts/accounts.ts';
import type { Audit, AuditEntry } from './audit.ts';

/** The same accounts, with a line for each change of them before it is told. @param actor who makes the changes. */
export function auditedAccounts(accounts: Accounts, audit: Audit, actor: string): Accounts {
  const record = (deed: Pick<AuditEntry, 'account' | 'action' | 'details'>): Promise<void> =>
    audit.record({ actor, subjects: [], outcome: 'done', ...deed });
  const issued = async (action: string, credentials: IssuedCredentials): Promise<IssuedCredentials> => {
    const doors = credentials.credentials.map(({ door }) => door).join(' ');
    await record({ account: credentials.accountId, action, details: { doors } });
    return credentials;
  };
  const changed = async (action: string, account: Account): Promise<Account> => {
    await record({ account: account.id, action, details: {} });
    return account;
  };
  return {
    ...accounts,
    create: async (name) => issued('account.create', await accounts.create(name)),
    createDefault: async () => {
      const credentials = await accounts.createDefault();
      return credentials && issued('account.create', credentials);
    },
    rotate: async (name, rotation) => issued('credential.rotate', await accounts.rotate(name, rotation)),
    disable: async (name) => changed('account.disable', await accounts.disable(name)),
    enable: async (name) => changed('account.enable', await accounts.enable(name)),
    setLimits: async (name, change) => changed('account.limits', await accounts.setLimits(name, change)),
  };
}
