import type { FastifyInstance } from 'fastify';
import type { FaciaContext } from '../context.ts';
import { linksFor } from '../links.ts';
import { toStatus } from '../translate/to-status.ts';
import { envelope } from '../wire/answers.ts';
import { fieldsOf, readFields } from '../wire/fields.ts';
import { known, referenceId } from '../wire/reference-id.ts';

/** `POST /status`: where a transaction stands, with links to its pictures. */
export function registerStatus(app: FastifyInstance, context: FaciaContext): void {
  const { service, gate, options } = context;
  app.post('/status', {
    onRequest: gate.admit({ scope: 'verify', takesBearer: options.statusAcceptsBearer }),
    handler: async (request) => {
      const { space } = gate.principalOf(request);
      const { reference_id: reference } = readFields(fieldsOf(request.body), { reference_id: referenceId });
      const shown = await service.cases.find(space, known(reference));
      return envelope('Success', await toStatus(shown, linksFor(context, { request, space, shown })));
    },
  });
}
