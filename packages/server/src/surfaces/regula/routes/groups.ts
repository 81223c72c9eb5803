import type { FastifyInstance } from 'fastify';
import { idempotencyOf } from '../../../http/idempotency.ts';
import type { RegulaContext } from '../context.ts';
import { metadataFrom } from '../translate/metadata.ts';
import { pageRequestOf, pageToWire } from '../translate/pages.ts';
import { groupToWire } from '../translate/people.ts';
import { GroupToCreate } from '../wire/group-fields.ts';
import { PageQuery } from '../wire/page.ts';
import { GroupPath } from '../wire/path-parameters.ts';

/** `/api/groups`: lists, creates, reads, changes and removes groups. */
export function registerGroups(
  app: FastifyInstance,
  { service: { enrolment }, tools, accountOf }: RegulaContext,
): void {
  app.get<{ Querystring: PageQuery }>('/api/groups', {
    schema: { querystring: PageQuery },
    handler: async (request) => {
      const page = await enrolment.groups(accountOf(request), pageRequestOf(request.query));
      tools.note(request, { groups: page.items.length });
      return pageToWire(page, groupToWire);
    },
  });

  app.post<{ Body: GroupToCreate }>('/api/groups', {
    schema: { body: GroupToCreate },
    handler: async (request, reply) => {
      const { name, metadata } = request.body;
      const wanted = { name, metadata: metadataFrom(metadata) };
      const group = await enrolment.createGroup(accountOf(request), wanted, idempotencyOf(request));
      return reply.code(201).send(groupToWire(group));
    },
  });

  app.get<{ Params: GroupPath }>('/api/groups/:groupId', {
    schema: { params: GroupPath },
    handler: async (request) =>
      groupToWire(await enrolment.group(accountOf(request), request.params.groupId)),
  });

  app.put<{ Params: GroupPath; Body: GroupToCreate }>('/api/groups/:groupId', {
    schema: { params: GroupPath, body: GroupToCreate },
    handler: async (request, reply) => {
      const { params, body } = request;
      const account = accountOf(request);
      const before = await enrolment.group(account, params.groupId);
      const metadata = body.metadata ? metadataFrom(body.metadata) : before.metadata;
      await enrolment.updateGroup(account, params.groupId, { name: body.name, metadata });
      return reply.code(204).send();
    },
  });

  // The one operation that knows no 400: an id that is no UUID is a group that does not exist.
  app.delete<{ Params: GroupPath }>('/api/groups/:groupId', async (request, reply) => {
    await enrolment.removeGroup(accountOf(request), request.params.groupId);
    return reply.code(204).send();
  });
}
