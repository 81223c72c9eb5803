import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openAccounts } from '../../accounts-under-test.contract.ts';
import { type AppUnderTest, type AppUnderTestOptions, openApp } from '../../app-under-test.contract.ts';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import type { Accounts } from '../../domain/accounts/accounts.ts';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { openNode, openStore } from '../../store-under-test.contract.ts';

const [bundled] = SERVERS_UNDER_TEST;
let server: OpenServer;

beforeAll(async () => {
  server = await bundled.open();
}, 60_000);
afterAll(() => server.close());

export interface PeopleApp extends AppUnderTest {
  readonly accounts: Accounts;
}

/** The whole server on a database of its own, empty at first. */
export function openPeopleApp(options: Omit<AppUnderTestOptions, 'people'> = {}): PeopleApp {
  let opening: ReturnType<typeof openPeople> | undefined;
  const part = <Name extends keyof Opened>(name: Name): Opened[Name] =>
    onceOpen(() => opening?.then((opened) => opened[name]));
  const app = openApp({
    ...options,
    people: (processor) => {
      opening = openPeople(processor);
      onTestFinished(async () => (await opening)?.close());
      return {
        enrolment: part('enrolment'),
        identification: part('identification'),
        authentication: part('authentication'),
      };
    },
  });
  return { ...app, accounts: part('accounts') };
}

type Opened = Pick<
  Awaited<ReturnType<typeof openPeople>>,
  'enrolment' | 'identification' | 'authentication' | 'accounts'
>;

async function openPeople(processor: FaceProcessor) {
  const store = await openStore(await server.createDatabase());
  const { enrolment, identification, close } = await openNode(store, { processor });
  const { accounts, authentication } = await openAccounts(store);
  const closeAll = () => close().then(() => store.close());
  return { enrolment, identification, accounts, authentication, close: closeAll };
}

/** Use cases that wait for the store to be there: an app is made at once. */
const onceOpen = <Cases extends object>(opening: () => Promise<Cases> | undefined): Cases =>
  new Proxy({} as Cases, {
    get:
      (_, name) =>
      async (...parameters: unknown[]) => {
        const cases = (await opening()) as Record<string | symbol, (...given: unknown[]) => unknown>;
        return cases[name]?.(...parameters);
      },
  });

/** A name of the shape of an id that nothing has. */
export const NOBODY = '00000000-0000-7000-8000-000000000000';

type Headers = Readonly<Record<string, string>>;

/** Sends JSON and reads JSON. */
export const ask =
  (app: FastifyInstance) =>
  async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: unknown,
    headers: Headers = {},
  ) => {
    const body = payload === undefined ? {} : { payload: payload as object };
    const response = await app.inject({ method, url, headers, ...body });
    // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
    const answer: any = response.body === '' ? undefined : response.json();
    return { status: response.statusCode, answer, headers: response.headers };
  };
