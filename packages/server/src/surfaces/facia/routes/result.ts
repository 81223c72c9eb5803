import type { FastifyInstance } from 'fastify';
import type { FaciaContext } from '../context.ts';
import { linksFor } from '../links.ts';
import { toResult } from '../translate/to-result.ts';
import { envelope } from '../wire/answers.ts';
import { fieldsOf, readFields } from '../wire/fields.ts';
import { known, referenceId } from '../wire/reference-id.ts';

/** `POST /result`: what came of a transaction, or nulls while nothing did. */
export function registerResult(app: FastifyInstance, context: FaciaContext): void {
  const { service, gate } = context;
  app.post('/result', {
    onRequest: gate.admit({ scope: 'verify', takesBearer: true }),
    handler: async (request) => {
      const { space } = gate.principalOf(request);
      const { reference_id: reference } = readFields(fieldsOf(request.body), { reference_id: referenceId });
      const shown = await service.cases.find(space, known(reference));
      return envelope('success', await toResult(shown, linksFor(context, { request, space, shown })));
    },
  });
}
