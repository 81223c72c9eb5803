import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { createNotFoundHandler, tidyPath } from './not-found.ts';
import type { Surface, SurfacePath } from './surface.ts';

const surface = (name: string, prefix: string, ...paths: readonly SurfacePath[]): Surface => ({
  name,
  prefix,
  paths,
  register: () => undefined,
  answerMissing: ({ status, allowed }, _request, reply) => reply.send([name, status, ...allowed]),
});

const SURFACES = [
  surface('short', '', { method: 'POST', path: '/things' }, { method: 'GET', path: '/things' }),
  surface('long', '', { method: 'POST', path: '/one/two/three' }),
  surface(
    'named',
    '/own',
    { method: 'PUT', path: '/people/:id' },
    { method: 'PUT', path: '/people/:id/name' },
  ),
];

it.each([
  ['/things', ['short', 405, 'POST', 'GET', 'HEAD']],
  ['/one/two/three', ['long', 405, 'POST']],
  ['/own/people/7', ['named', 405, 'PUT']],
  ['/own/people/7/name', ['named', 405, 'PUT']],
  ['/own/people/', ['named', 404]],
  ['/own/people/7/age', ['named', 404]],
  ['/one/two/threee', ['long', 404]],
  ['/one/two/three/four', ['long', 404]],
  ['/one', ['long', 404]],
  ['/else', ['short', 404]],
  ['/own', ['short', 404]],
])('answers %s in the words of whose addresses are most like it', async (url, answer) => {
  const app = Fastify();
  app.setNotFoundHandler(createNotFoundHandler(SURFACES));
  expect((await app.inject({ method: 'DELETE', url })).json()).toEqual(answer);
});

it('answers plainly where no prefix fits', async () => {
  const app = Fastify();
  app.setNotFoundHandler(createNotFoundHandler(SURFACES.slice(2)));
  const { statusCode, body } = await app.inject('/else');
  expect([statusCode, body]).toEqual([404, '{"error":"There is nothing at this address."}']);
});

it.each([
  ['/api/match', '/api/match'],
  ['//api///match/', '/api/match'],
  ['/api/match?x=/api//y', '/api/match'],
  ['/', '/'],
  ['//', '/'],
])('reads %j as the path %j', (url, path) => {
  expect(tidyPath(url)).toBe(path);
});
