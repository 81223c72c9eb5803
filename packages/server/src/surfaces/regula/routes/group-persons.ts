import type { FastifyInstance } from 'fastify';
import type { RegulaContext } from '../context.ts';
import { pageRequestOf, pageToWire } from '../translate/pages.ts';
import { personToWire } from '../translate/people.ts';
import { UpdateGroup } from '../wire/group-fields.ts';
import { PageQuery } from '../wire/page.ts';
import { GroupPath } from '../wire/path-parameters.ts';

/** `/api/groups/{groupId}/persons`: who is in a group. */
export function registerGroupPersons(
  app: FastifyInstance,
  { service: { enrolment }, tools, accountOf }: RegulaContext,
): void {
  app.get<{ Params: GroupPath; Querystring: PageQuery }>('/api/groups/:groupId/persons', {
    schema: { params: GroupPath, querystring: PageQuery },
    handler: async (request) => {
      const { groupId } = request.params;
      const page = await enrolment.subjectsOfGroup(accountOf(request), groupId, pageRequestOf(request.query));
      tools.note(request, { persons: page.items.length });
      return pageToWire(page, personToWire);
    },
  });

  app.put<{ Params: GroupPath; Body: UpdateGroup }>('/api/groups/:groupId/persons', {
    schema: { params: GroupPath, body: UpdateGroup },
    handler: async (request, reply) => {
      const { addItems, removeItems } = request.body;
      const change = { add: addItems ?? [], remove: removeItems ?? [] };
      await enrolment.changeMembers(accountOf(request), request.params.groupId, change);
      tools.note(request, { added: change.add.length, removed: change.remove.length });
      return reply.code(204).send();
    },
  });
}
