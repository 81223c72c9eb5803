import type { FastifyInstance } from 'fastify';
import { LOCAL_ACCOUNT } from '../../../domain/enrolment/records.ts';
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
  { service: { enrolment }, tools }: RegulaContext,
): void {
  app.post<{ Body: PersonFields }>('/api/persons', {
    schema: { body: PersonFields },
    handler: async (request, reply) => {
      const creation = enrolment.createSubject(
        LOCAL_ACCOUNT,
        toSubject(request.body),
        idempotencyOf(request),
      );
      return reply.code(201).send(personToWire(await absenceAsBadParameter(creation)));
    },
  });

  app.get<{ Params: PersonPath }>('/api/persons/:personId', {
    schema: { params: PersonPath },
    handler: async ({ params }) => personToWire(await enrolment.subject(LOCAL_ACCOUNT, params.personId)),
  });

  app.put<{ Params: PersonPath; Body: PersonToUpdateFields }>('/api/persons/:personId', {
    schema: { params: PersonPath, body: PersonToUpdateFields },
    handler: async ({ params, body }, reply) => {
      await enrolment.updateSubject(LOCAL_ACCOUNT, params.personId, toSubjectUpdate(body));
      return reply.code(204).send();
    },
  });

  app.delete<{ Params: PersonPath }>('/api/persons/:personId', {
    schema: { params: PersonPath },
    handler: async ({ params }, reply) => {
      await enrolment.removeSubject(LOCAL_ACCOUNT, params.personId);
      return reply.code(204).send();
    },
  });

  app.get<{ Params: PersonPath; Querystring: PageQuery }>('/api/persons/:personId/groups', {
    schema: { params: PersonPath, querystring: PageQuery },
    handler: async (request) => {
      const { personId } = request.params;
      const page = await enrolment.groupsOfSubject(LOCAL_ACCOUNT, personId, pageRequestOf(request.query));
      tools.note(request, { groups: page.items.length });
      return pageToWire(page, groupToWire);
    },
  });
}
