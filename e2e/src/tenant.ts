import { expect } from 'vitest';
import type { Credentials } from './facegate-command.ts';
import type { RunningServer } from './server-process.ts';
import type { Ids, RegulaRequest, VerihubsRequest } from './stranger-requests.ts';
import { verihubsCalls } from './verihubs-calls.ts';

/** One account with its two doors. */
export async function openTenant(server: Pick<RunningServer, 'url'>, { native, verihubs }: Credentials) {
  const regula = async ({ method, path, payload }: RegulaRequest, headers: Record<string, string> = {}) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${native.api_key}`,
        ...(payload && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload && { body: JSON.stringify(payload) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    return { status: answer.status, type: answer.headers.get('content-type'), bytes };
  };
  const post = async (path: string, payload: object, headers?: Record<string, string>) =>
    JSON.parse((await regula({ method: 'POST', path, payload }, headers)).bytes);
  return { regula, post, verihubs: verihubsCalls(server, verihubs) };
}

export type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** A person with a picture in a group, and a subject, all of the same woman. */
export async function makeOneOfEach({ post, verihubs }: Tenant, picture: string): Promise<Ids> {
  const { id: group } = await post('/api/groups', { name: 'hers' });
  const { id: person } = await post('/api/persons', { name: 'She', groups: [group] });
  const { id: image } = await post(`/api/persons/${person}/images`, { image: { content: picture } });
  const { subject_id: subject } = (await verihubs('enroll', { image: picture })).body;
  return { group, person, image, subject };
}

/** Everything there is to be read of what a tenant made; a search by `picture` finds the subject. */
export async function everythingOf(
  { regula, verihubs }: Tenant,
  { group, person, image, subject }: Ids,
  picture: string,
) {
  const paths = ['', '/groups', '/images', `/images/${image}`].map((path) => `/api/persons/${person}${path}`);
  const all = [...paths, '/api/groups', `/api/groups/${group}`, `/api/groups/${group}/persons`];
  const read = await Promise.all(all.map((path) => regula({ method: 'GET', path })));
  const { matches } = (await verihubs('search', { image: picture, limit: 10, return_image: true })).body;
  expect(matches.map(({ subject_id }: { subject_id: string }) => subject_id)).toEqual([subject]);
  return { read, matches };
}

/** Without what any two answers differ in. */
const timeless = (text: string): string =>
  text.replace(/"(serverTime|elapsedTime|timer)":("[^"]*"|[\d.]+)/g, '');

export async function askRegula({ regula }: Tenant, request: RegulaRequest) {
  const { bytes, ...rest } = await regula(request);
  return { ...rest, bytes: timeless(bytes) };
}

export async function askVerihubs({ verihubs }: Tenant, { operation, payload, query }: VerihubsRequest) {
  const { status, headers, text } = await verihubs(operation, payload, query);
  return { status, type: headers.get('content-type'), text };
}
