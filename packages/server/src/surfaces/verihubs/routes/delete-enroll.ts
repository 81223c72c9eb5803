import type { FastifyInstance } from 'fastify';
import type { VerihubsContext } from '../context.ts';
import { timestampOf } from '../translate/answer-head.ts';
import { objectOf, requireFields, subjectIdOf } from '../wire/payload.ts';

/** `DELETE /v1/face/enroll`: erases a subject, named in the body or in the query. */
export function registerDeleteEnroll(app: FastifyInstance, { service, tools, gate }: VerihubsContext): void {
  app.delete('/v1/face/enroll', {
    onRequest: gate.admit('enrol'),
    handler: async (request) => {
      const { space } = gate.principalOf(request);
      const payload = { ...objectOf(request.query), ...objectOf(request.body ?? {}) };
      requireFields(payload, ['subject_id']);
      const subjectId = subjectIdOf(payload);
      await service.enrolment.removeByExternalId(space, subjectId);
      return {
        message: `Subject id ${subjectId} successfully deleted`,
        timestamp: timestampOf(tools.now()),
      };
    },
  });
}
