import type { FastifyInstance } from 'fastify';
import type { SubjectEnrolmentInput } from '../../../domain/examination/examination.ts';
import { pictureSources, type VerihubsContext } from '../context.ts';
import { acquired } from '../errors.ts';
import { takeQuotas } from '../quota.ts';
import { answerHead } from '../translate/answer-head.ts';
import { faceFields } from '../translate/face-fields.ts';
import { failOn } from '../translate/fail-on.ts';
import { toWishes } from '../translate/to-examination.ts';
import { imageOf, type PictureSources } from '../translate/to-image.ts';
import { usedQuotas } from '../translate/used-quotas.ts';
import type { EnrollAnswer } from '../wire/answers.ts';
import { payloadOf, requireFields, subjectIdOf, switchesOf } from '../wire/payload.ts';

/** `POST /v1/face/enroll`: keeps the face of a picture, in place of an earlier one of the same subject. */
export function registerEnroll(app: FastifyInstance, context: VerihubsContext): void {
  const { service, tools, gate } = context;
  app.post('/v1/face/enroll', {
    onRequest: gate.admit('enrol'),
    handler: async (request, reply): Promise<EnrollAnswer> => {
      const principal = gate.principalOf(request);
      const signal = tools.signalFor(reply);
      const input = toEnrolment(request.body, pictureSources(context, signal));
      await takeQuotas(service.limits, principal, usedQuotas(input.examination));
      const enrolment = acquired(await service.examinations.enrolSubject(principal.space, input, signal));
      const { examined } = enrolment;
      const failed = failOn(examined.failed);
      tools.note(request, { faces: examined.faceCount, failOn: failed });
      return {
        ...answerHead(tools, { failOn: failed }),
        subject_id: (enrolment.outcome === 'enrolled' ? enrolment.externalId : input.externalId) ?? null,
        ...faceFields(examined),
      };
    },
  });
}

/** What is wrong is told in this order. @throws CodedRefusal */
function toEnrolment(body: unknown, sources: PictureSources): SubjectEnrolmentInput {
  const payload = payloadOf(body);
  requireFields(payload, ['image']);
  const image = imageOf(payload, 'image', sources);
  const named = Object.hasOwn(payload, 'subject_id') && { externalId: subjectIdOf(payload) };
  return { examination: { image, ...toWishes(switchesOf(payload)) }, ...named };
}
