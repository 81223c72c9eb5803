import type { FastifyInstance } from 'fastify';
import { answerTransaction } from '../answer-transaction.ts';
import type { FaciaContext } from '../context.ts';
import { takeQuota } from '../quota.ts';
import { requireEnrolScope, toEnrolment } from '../translate/to-enrolment.ts';
import { media } from '../translate/to-media.ts';
import { enrolmentRules } from '../wire/enrolment-fields.ts';
import { fieldsOf, optional, readFields, required } from '../wire/fields.ts';
import { flag, only } from '../wire/rules.ts';

/** `POST /face-search`: opens a transaction that looks for a face among those that were enrolled. */
export function registerFaceSearch(app: FastifyInstance, context: FaciaContext): void {
  const { service, gate } = context;
  app.post('/face-search', {
    onRequest: gate.admit({ scope: 'search', takesBearer: true }),
    handler: async (request, reply) => {
      const principal = gate.principalOf(request);
      const asked = readFaceSearch(request.body, context);
      requireEnrolScope(principal, asked.submission);
      await takeQuota(service.limits, principal, 'verify');
      return answerTransaction(context, { request, reply }, asked);
    },
  });
}

/** @throws FaciaRefusal with every field that is wrong, FaceError `payload-too-large`. */
function readFaceSearch(body: unknown, { options: { imageBytesMax } }: FaciaContext) {
  const given = fieldsOf(body);
  const fields = readFields(given, {
    type: required(only('face_search')),
    file: required(media({ imageBytesMax, takesVideo: false })),
    ...enrolmentRules(given),
    enroll_face: optional(flag),
    wait_for_result: optional(flag),
  });
  return {
    isAwaited: fields.wait_for_result,
    submission: {
      kind: 'identification',
      media: { probe: fields.file },
      ...toEnrolment({ ...fields, isWished: fields.enroll_face }),
    },
  } as const;
}
