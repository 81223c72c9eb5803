import type { FastifyInstance } from 'fastify';
import { idempotencyOf } from '../../../http/idempotency.ts';
import { absenceAsBadParameter } from '../absence.ts';
import type { RegulaContext } from '../context.ts';
import { pageRequestOf, pageToWire } from '../translate/pages.ts';
import { groupToWire, personToWire } from '../translate/people.ts';
import { toSubject, toSubjectUpdate } from '../translate/to-subject.ts';
import { PageQuery } from '../wire/page.ts';
import { PersonPath } from '../wire/path-parameters.ts';
import { PersonFields, PersonToUpdateFields } from '../wire/person-fields.ts';

/** `/api/persons`: creates, reads, changes and erases one person. There is no list: groups have one. */
export function registerPersons(
  app: FastifyInstance,
  { service: { enrolment }, tools, accountOf }: RegulaContext,
): void {
  app.post<{ Body: PersonFields }>('/api/persons', {
    schema: { body: PersonFields },
    handler: async (request, reply) => {
      const creation = enrolment.createSubject(
        accountOf(request),
        toSubject(request.body),
        idempotencyOf(request),
      );
      return reply.code(201).send(personToWire(await absenceAsBadParameter(creation)));
    },
  });

  app.get<{ Params: PersonPath }>('/api/persons/:personId', {
    schema: { params: PersonPath },
    handler: async (request) =>
      personToWire(await enrolment.subject(accountOf(request), request.params.personId)),
  });

  app.put<{ Params: PersonPath; Body: PersonToUpdateFields }>('/api/persons/:personId', {
    schema: { params: PersonPath, body: PersonToUpdateFields },
    handler: async (request, reply) => {
      const { params, body } = request;
      await enrolment.updateSubject(accountOf(request), params.personId, toSubjectUpdate(body));
      return reply.code(204).send();
    },
  });

  app.delete<{ Params: PersonPath }>('/api/persons/:personId', {
    schema: { params: PersonPath },
    handler: async (request, reply) => {
      await enrolment.removeSubject(accountOf(request), request.params.personId);
      return reply.code(204).send();
    },
  });

  app.get<{ Params: PersonPath; Querystring: PageQuery }>('/api/persons/:personId/groups', {
    schema: { params: PersonPath, querystring: PageQuery },
    handler: async (request) => {
      const { personId } = request.params;
      const page = await enrolment.groupsOfSubject(
        accountOf(request),
        personId,
        pageRequestOf(request.query),
      );
      tools.note(request, { groups: page.items.length });
      return pageToWire(page, groupToWire);
    },
  });
}
