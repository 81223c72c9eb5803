import type { FastifyInstance } from 'fastify';
import type { FaciaContext } from '../context.ts';
import { envelope } from '../wire/answers.ts';
import { fieldsOf, readFields, required } from '../wire/fields.ts';
import { known, referenceId } from '../wire/reference-id.ts';
import { text } from '../wire/rules.ts';

const RULES = { reference_id: referenceId, comment: required(text({ max: 255 })) };

/** `POST /delete`: erases a transaction, decided or not; its comment is kept for the operator. */
export function registerDelete(app: FastifyInstance, { service, gate }: FaciaContext): void {
  app.post('/delete', {
    onRequest: gate.admit({ scope: 'verify', takesBearer: true }),
    handler: async (request) => {
      const { space } = gate.principalOf(request);
      const { reference_id: reference, comment } = readFields(fieldsOf(request.body), RULES);
      await service.cases.erase(space, known(reference), comment);
      return envelope('Transaction has been deleted successfully!', []);
    },
  });
}
