import type { FastifyInstance } from 'fastify';
import type { FaciaContext } from '../context.ts';
import { takeQuota } from '../quota.ts';
import { submit } from '../submit.ts';
import { similarityFields } from '../translate/similarity.ts';
import { requireEnrolScope, toEnrolment } from '../translate/to-enrolment.ts';
import { media } from '../translate/to-media.ts';
import { envelope } from '../wire/answers.ts';
import { enrolmentRules } from '../wire/enrolment-fields.ts';
import { fieldsOf, optional, readFields, required } from '../wire/fields.ts';
import { flag, only } from '../wire/rules.ts';

/** `POST /face-match`: opens a transaction about two pictures, whether they show one person. */
export function registerFaceMatch(app: FastifyInstance, context: FaciaContext): void {
  const { service, tools, gate } = context;
  app.post('/face-match', {
    onRequest: gate.admit({ scope: 'verify', takesBearer: true }),
    handler: async (request, reply) => {
      const principal = gate.principalOf(request);
      const { submission, isAwaited } = readFaceMatch(request.body, context);
      const waiting = isAwaited ? tools.signalFor(reply) : undefined;
      requireEnrolScope(principal, submission);
      await takeQuota(service.limits, principal, 'verify');
      const submitting = { space: principal.space, submission, fields: ['face_frame', 'id_frame'] };
      const { reference, decision } = await submit(context, submitting, waiting);
      return envelope('Transaction Created', { reference_id: reference, ...similarityFields(decision) });
    },
  });
}

/** @throws FaciaRefusal with every field that is wrong, FaceError `payload-too-large`. */
function readFaceMatch(body: unknown, { options: { imageBytesMax } }: FaciaContext) {
  const picture = required(media({ imageBytesMax, takesVideo: false }));
  const given = fieldsOf(body);
  const fields = readFields(given, {
    type: required(only('photo_id_match')),
    face_frame: picture,
    id_frame: picture,
    ...enrolmentRules(given),
    enroll_face: optional(flag),
    wait_for_result: optional(flag),
  });
  return {
    isAwaited: fields.wait_for_result,
    submission: {
      kind: 'verification',
      media: { probe: fields.face_frame, reference: fields.id_frame },
      ...toEnrolment({ ...fields, isWished: fields.enroll_face }),
    },
  } as const;
}
