import type { FastifyInstance } from 'fastify';
import type { RegulaContext } from '../context.ts';
import { operationRefusalOf } from '../operation-errors.ts';
import { registerGroupPersons } from './group-persons.ts';
import { registerGroups } from './groups.ts';
import { registerPersonImages } from './person-images.ts';
import { registerPersons } from './persons.ts';
import { registerSearch } from './search.ts';

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
