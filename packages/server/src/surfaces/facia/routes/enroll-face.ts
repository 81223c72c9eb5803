import type { FastifyInstance } from 'fastify';
import type { Case } from '../../../domain/cases/case.ts';
import type { AccountId } from '../../../domain/enrolment/records.ts';
import { errors } from '../../../domain/errors.ts';
import type { FaciaContext } from '../context.ts';
import { takeQuota } from '../quota.ts';
import { fieldRefusal } from '../refusal.ts';
import { submit } from '../submit.ts';
import { toEnrolment } from '../translate/to-enrolment.ts';
import { media } from '../translate/to-media.ts';
import { declineOf } from '../translate/to-result.ts';
import { envelope } from '../wire/answers.ts';
import { enrolmentRules } from '../wire/enrolment-fields.ts';
import { fieldsOf, readFields, required } from '../wire/fields.ts';
import { fileList, withFileList } from '../wire/file-list.ts';

/** `POST /enroll-face`: enrols the faces of one or more pictures under a name of the caller's. */
export function registerEnrollFace(app: FastifyInstance, context: FaciaContext): void {
  const { service, tools, gate } = context;
  app.post('/enroll-face', {
    onRequest: gate.admit({ scope: 'enrol', takesBearer: true }),
    handler: async (request, reply) => {
      const principal = gate.principalOf(request);
      const { space } = principal;
      const submission = readEnrollFace(request.body, context);
      await takeQuota(service.limits, principal, 'verify');
      const shown = await submit(
        context,
        { space, submission, fields: ['file_list'] },
        tools.signalFor(reply),
      );
      await refuseUnlessEnrolled(context, space, shown);
      const { reference, clientReference = null, decision } = shown;
      const message = decision === undefined ? 'Transaction Created' : 'Success';
      return envelope(message, { client_reference: clientReference, reference_id: reference });
    },
  });
}

/** @throws FaciaRefusal with every field that is wrong, FaceError `payload-too-large`. */
function readEnrollFace(body: unknown, { options: { imageBytesMax } }: FaciaContext) {
  const given = withFileList(fieldsOf(body));
  const fields = readFields(given, {
    file_list: required(fileList(media({ imageBytesMax, takesVideo: false }))),
    ...enrolmentRules(given),
  });
  const [probe, ...further] = fields.file_list;
  return {
    kind: 'enrolment',
    media: { probe, further },
    ...toEnrolment({ ...fields, isWished: true }),
  } as const;
}

/**
 * Nobody shall believe that a face was enrolled which was not. The caller has no reference of such a transaction to
 * delete it by, so nothing is kept of it.
 *
 * @throws FaciaRefusal
 */
async function refuseUnlessEnrolled(
  { service: { cases } }: FaciaContext,
  space: AccountId,
  { reference, state, ...rest }: Case,
): Promise<void> {
  const decline = declineOf(rest);
  if (decline === undefined && state !== 'failed') return;
  await cases.erase(space, reference, 'nobody was enrolled');
  if (decline === undefined) throw errors.internal('an enrolment could not be examined');
  throw fieldRefusal({ file_list: [decline.reason] });
}
