import { onTestFinished } from 'vitest';
import { openAccounts } from './accounts-under-test.contract.ts';
import type { Accounts } from './domain/accounts/accounts.ts';
import type { ServiceParts } from './domain/service.ts';
import { openLimits } from './limits-under-test.contract.ts';
import type { FaceProcessor } from './ports/face-processor.ts';
import { useServer } from './server-in-use.contract.ts';
import { type NodeOptions, openNode, openStore } from './store-under-test.contract.ts';

interface PeopleOptions {
  /** `shared`: one for all tests of the file, for tests that use accounts of their own. @default each test has its own */
  readonly database?: 'shared';
}

export interface PeopleUnderTest
  extends Pick<ServiceParts, 'enrolment' | 'identification' | 'examinations' | 'authentication' | 'limits'> {
  readonly accounts: Accounts;
}

/**
 * A database server for the tests of a file.
 *
 * @returns opens the use cases that lean on a store, on an empty database; closed when the test ends.
 */
export function usePeople({
  database,
}: PeopleOptions = {}): (processor: FaceProcessor, options?: Pick<NodeOptions, 'limits'>) => PeopleUnderTest {
  const server = useServer();
  let shared: Promise<string> | undefined;

  const open = async (processor: FaceProcessor, options: Pick<NodeOptions, 'limits'>) => {
    if (database === 'shared') shared ??= server.createDatabase();
    const store = await openStore(await (shared ?? server.createDatabase()));
    const node = await openNode(store, { processor, ...options });
    const { accounts, authentication } = await openAccounts(store);
    return { ...node, accounts, authentication, close: () => node.close().then(() => store.close()) };
  };
  return (processor, options = {}) => {
    const opening = open(processor, options);
    onTestFinished(async () => (await opening).close());
    const part = <Name extends keyof Opened>(name: Name): Opened[Name] => onceOpen(opening, name);
    return {
      enrolment: part('enrolment'),
      identification: part('identification'),
      examinations: part('examinations'),
      authentication: part('authentication'),
      accounts: part('accounts'),
      limits: openLimits(),
    };
  };
}

type Opened = Omit<PeopleUnderTest, 'limits'>;

/** Use cases that wait for the store to be there: an app is made at once. Nobody else hears of a store that failed. */
const onceOpen = <Name extends keyof Opened>(opening: Promise<Opened>, part: Name): Opened[Name] =>
  new Proxy({} as Opened[Name], {
    get:
      (_, name) =>
      async (...parameters: unknown[]) => {
        const cases = (await opening)[part] as object as Record<
          string | symbol,
          (...given: unknown[]) => unknown
        >;
        return cases[name]?.(...parameters);
      },
  });
