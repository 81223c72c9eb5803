import type { FastifyInstance } from 'fastify';
import type { SurfacePath } from '../../../http/surface.ts';
import type { RegulaContext } from '../context.ts';
import { operationRefusalOf } from '../operation-errors.ts';
import { registerGroupPersons } from './group-persons.ts';
import { registerGroups } from './groups.ts';
import { registerPersonImages } from './person-images.ts';
import { registerPersons } from './persons.ts';
import { registerSearch } from './search.ts';

export const PEOPLE_PATHS: readonly SurfacePath[] = [
  { method: 'POST', path: '/api/persons' },
  { method: 'GET', path: '/api/persons/:personId' },
  { method: 'PUT', path: '/api/persons/:personId' },
  { method: 'DELETE', path: '/api/persons/:personId' },
  { method: 'GET', path: '/api/persons/:personId/groups' },
  { method: 'GET', path: '/api/persons/:personId/images' },
  { method: 'POST', path: '/api/persons/:personId/images' },
  { method: 'GET', path: '/api/persons/:personId/images/:imageId' },
  { method: 'DELETE', path: '/api/persons/:personId/images/:imageId' },
  { method: 'GET', path: '/api/groups' },
  { method: 'POST', path: '/api/groups' },
  { method: 'GET', path: '/api/groups/:groupId' },
  { method: 'PUT', path: '/api/groups/:groupId' },
  { method: 'DELETE', path: '/api/groups/:groupId' },
  { method: 'GET', path: '/api/groups/:groupId/persons' },
  { method: 'PUT', path: '/api/groups/:groupId/persons' },
  { method: 'POST', path: '/api/search' },
];

/** The operations whose errors are an `OperationLog` with the status it names. */
export function registerPeople(app: FastifyInstance, context: RegulaContext): void {
  app.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => {
      const { log, retryAfterSeconds } = operationRefusalOf(error);
      if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
      return reply.code(log.statusCode).send(log);
    });
    registerPersons(scope, context);
    registerPersonImages(scope, context);
    registerGroups(scope, context);
    registerGroupPersons(scope, context);
    registerSearch(scope, context);
  });
}
