import { AsyncLocalStorage } from 'node:async_hooks';
import { type AccountId, LOCAL_ACCOUNT } from '../enrolment/records.ts';

/** On whose behalf something is done. */
export interface Caller {
  /** Whose data is reached where an operation names none. */
  account: AccountId;
  /** Id of the credentials, or `open` where none are asked. */
  actor: string;
  readonly requestId?: string;
}

/** Who is calling, wherever in the work for a request that is asked. */
export interface Callers {
  current(): Readonly<Caller>;
  /** Everything that `work` begins is done on behalf of `caller`. */
  during<T>(caller: Caller, work: () => T): T;
  /** From now on in the current request: what its credentials say. Does nothing outside of a request. */
  actAs(identity: Pick<Caller, 'account' | 'actor'>): void;
}

const NOBODY: Readonly<Caller> = { account: LOCAL_ACCOUNT, actor: 'open' };

/** A caller without credentials. */
export const openCaller = (requestId: string): Caller => ({ ...NOBODY, requestId });

export function createCallers(): Callers {
  const storage = new AsyncLocalStorage<Caller>();
  return {
    current: () => storage.getStore() ?? NOBODY,
    during: (caller, work) => storage.run(caller, work),
    actAs: ({ account, actor }) => {
      const caller = storage.getStore();
      if (caller !== undefined) Object.assign(caller, { account, actor });
    },
  };
}
