import type { FastifyInstance } from 'fastify';
import type { Enrolment, ReferenceOutcome } from '../../../domain/enrolment/enrolment.ts';
import type { AccountId } from '../../../domain/enrolment/records.ts';
import { errors } from '../../../domain/errors.ts';
import { idempotencyOf } from '../../../http/idempotency.ts';
import { pictureSources, type RegulaContext } from '../context.ts';
import { logOfFailure } from '../operation-errors.ts';
import { pageRequestOf, pageToWire } from '../translate/pages.ts';
import { imageToWire } from '../translate/people.ts';
import { toEncodedImage, toResize } from '../translate/to-picture.ts';
import { AddImageToPersonRequest } from '../wire/add-image-request.ts';
import { PageQuery } from '../wire/page.ts';
import { ImagePath, PersonPath } from '../wire/path-parameters.ts';

/** `/api/persons/{personId}/images`: lists, adds, gives and erases the pictures of a person. */
export function registerPersonImages(app: FastifyInstance, context: RegulaContext): void {
  registerImages(app, context);
  registerOneImage(app, context);
}

const IMAGES = '/api/persons/:personId/images';

function registerImages(app: FastifyInstance, context: RegulaContext): void {
  const { service, tools, options, accountOf } = context;
  const { enrolment } = service;

  app.get<{ Params: PersonPath; Querystring: PageQuery }>(IMAGES, {
    schema: { params: PersonPath, querystring: PageQuery },
    handler: async (request) => {
      const { personId } = request.params;
      const page = await enrolment.references(accountOf(request), personId, pageRequestOf(request.query));
      tools.note(request, { images: page.items.length });
      return pageToWire(page, (reference) => imageToWire(reference, options.prefix));
    },
  });

  app.post<{ Params: PersonPath; Body: AddImageToPersonRequest }>(IMAGES, {
    schema: { params: PersonPath, body: AddImageToPersonRequest },
    handler: async (request, reply) => {
      const { params, body } = request;
      const signal = tools.signalFor(reply);
      const resize = toResize(body.image);
      const added = await enrolment.addReference(
        accountOf(request),
        params.personId,
        {
          image: toEncodedImage(body.image, pictureSources(context, signal)),
          ...(resize && { resize }),
          metadata: {},
        },
        idempotencyOf(request),
        signal,
      );
      tools.note(request, { images: enrolledCount(added) });
      if (added.outcome === 'enrolled') return imageToWire(added.reference, options.prefix);
      const log = logOfFailure(added.reason);
      return reply.code(log.statusCode).send(log);
    },
  });
}

const enrolledCount = ({ outcome }: ReferenceOutcome): number => (outcome === 'enrolled' ? 1 : 0);

function registerOneImage(app: FastifyInstance, context: RegulaContext): void {
  const { accountOf } = context;
  const { enrolment } = context.service;

  app.get<{ Params: ImagePath }>(`${IMAGES}/:imageId`, {
    schema: { params: ImagePath },
    handler: async (request, reply) => {
      const { personId, imageId } = request.params;
      const account = accountOf(request);
      await requireOwnImage(enrolment, account, { personId, imageId });
      const { bytes, contentType } = await enrolment.referencePicture(account, personId, imageId);
      return reply.type(contentType).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  });

  app.delete<{ Params: ImagePath }>(`${IMAGES}/:imageId`, {
    schema: { params: ImagePath },
    handler: async (request, reply) => {
      const { personId, imageId } = request.params;
      const account = accountOf(request);
      await requireOwnImage(enrolment, account, { personId, imageId });
      await enrolment.removeReference(account, personId, imageId);
      return reply.code(204).send();
    },
  });
}

/**
 * The vendor tells an image that does not exist (404) from one that is another person's (400).
 *
 * @throws FaceError `not-found` for the person or the image, `invalid-request` for another's image.
 */
async function requireOwnImage(
  enrolment: Enrolment,
  account: AccountId,
  { personId, imageId }: ImagePath,
): Promise<void> {
  await enrolment.subject(account, personId);
  const { subjectId } = await enrolment.reference(account, imageId);
  if (subjectId !== personId.toLowerCase()) {
    throw errors.invalidRequest('The person does not have such an image.');
  }
}
