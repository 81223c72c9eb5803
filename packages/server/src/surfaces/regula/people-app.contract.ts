import type { FastifyInstance } from 'fastify';
import { type AppUnderTest, type AppUnderTestOptions, openApp } from '../../app-under-test.contract.ts';
import type { Accounts } from '../../domain/accounts/accounts.ts';
import { type PeopleUnderTest, usePeople } from '../../people-under-test.contract.ts';

const people = usePeople();

export interface PeopleApp extends AppUnderTest {
  readonly accounts: Accounts;
}

/** The whole server on a database of its own, empty at first. */
export function openPeopleApp(options: Omit<AppUnderTestOptions, 'people'> = {}): PeopleApp {
  let parts: PeopleUnderTest | undefined;
  const app = openApp({
    ...options,
    people: (processor) => {
      parts = people(processor);
      return parts;
    },
  });
  if (parts === undefined) throw new Error('the app was opened without people');
  return { ...app, accounts: parts.accounts };
}

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
