import type { FastifyInstance } from 'fastify';
import type { Principal } from '../../../domain/accounts/account.ts';
import { allows } from '../../../http/admission.ts';
import { answerTransaction } from '../answer-transaction.ts';
import type { FaciaContext } from '../context.ts';
import { takeQuota } from '../quota.ts';
import { requireEnrolScope, toEnrolment } from '../translate/to-enrolment.ts';
import { media } from '../translate/to-media.ts';
import { clientReference } from '../wire/enrolment-fields.ts';
import { fieldsOf, optional, readFields, required } from '../wire/fields.ts';
import { flag, only } from '../wire/rules.ts';

/** `POST /age-estimation`: opens a transaction about how old the face of a picture looks. */
export function registerAgeEstimation(app: FastifyInstance, context: FaciaContext): void {
  const { service, gate } = context;
  app.post('/age-estimation', {
    onRequest: gate.admit({ scope: 'verify', takesBearer: true }),
    handler: async (request, reply) => {
      const principal = gate.principalOf(request);
      const asked = readAgeEstimation(request.body, context, principal);
      requireEnrolScope(principal, asked.submission);
      await takeQuota(service.limits, principal, 'verify');
      return answerTransaction(context, { request, reply }, asked);
    },
  });
}

/**
 * Who says nothing of it has the face enrolled, as the vendor has it, where the credentials allow that.
 *
 * @throws FaciaRefusal with every field that is wrong, FaceError `payload-too-large`.
 */
function readAgeEstimation(
  body: unknown,
  { options: { imageBytesMax } }: FaciaContext,
  principal: Principal,
) {
  const fields = readFields(fieldsOf(body), {
    type: required(only('age_estimation')),
    file: required(media({ imageBytesMax, takesVideo: false })),
    client_reference: optional(clientReference),
    enroll_face: optional(flag),
    wait_for_result: optional(flag),
  });
  const { file, client_reference, enroll_face: isWished = allows(principal, 'enrol') } = fields;
  return {
    isAwaited: fields.wait_for_result,
    submission: {
      kind: 'age-estimation',
      media: { probe: file },
      ...toEnrolment({ client_reference, isWished }),
    },
  } as const;
}
