/**
 * The FACIA API: deepfake liveness, face match, face search, enrolment, age estimation, their results, status, proofs and
 * deletion.
 *
 * @module
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptForms } from '../../http/forms.ts';
import type { MissingRoute, Surface, SurfacePath } from '../../http/surface.ts';
import type { FaciaParts } from './context.ts';
import { refusalOf } from './errors.ts';
import { createGate } from './gate.ts';
import { registerAgeEstimation } from './routes/age-estimation.ts';
import { registerDelete } from './routes/delete.ts';
import { registerEnrollFace } from './routes/enroll-face.ts';
import { registerFaceMatch } from './routes/face-match.ts';
import { registerFaceSearch } from './routes/face-search.ts';
import { registerLiveness } from './routes/liveness.ts';
import { registerProofs } from './routes/proofs.ts';
import { registerRequestAccessToken } from './routes/request-access-token.ts';
import { registerResult } from './routes/result.ts';
import { registerStatus } from './routes/status.ts';
import { VIDEO_BYTES_MAX } from './translate/to-media.ts';
import { FILES_MAX } from './wire/file-list.ts';
import { MESSAGES } from './wire/messages.ts';

const PATHS: readonly SurfacePath[] = [
  { method: 'POST', path: '/request-access-token' },
  { method: 'POST', path: '/liveness' },
  { method: 'POST', path: '/face-match' },
  { method: 'POST', path: '/face-search' },
  { method: 'POST', path: '/enroll-face' },
  { method: 'POST', path: '/age-estimation' },
  { method: 'POST', path: '/result' },
  { method: 'POST', path: '/status' },
  { method: 'POST', path: '/delete' },
  { method: 'GET', path: '/get-proof/:token' },
  { method: 'GET', path: '/api/image-url/:id' },
];

/** Where pictures and clips come in base64. */
const ENCODED_FIELDS = new Set(['file', 'file_list', 'face_frame', 'id_frame']);

export const createFaciaSurface = (parts: FaciaParts): Surface => ({
  name: 'facia',
  prefix: parts.options.prefix,
  paths: PATHS,
  register: (app) => {
    const { bodyBytesMax } = parts.options;
    acceptForms(app, {
      limits: { bodyBytesMax, fileBytesMax: VIDEO_BYTES_MAX, files: FILES_MAX },
      uploads: parts.tools.uploads,
      encodedFields: ENCODED_FIELDS,
    });
    app.setErrorHandler((error, _request, reply) => {
      const { http, body, retryAfterSeconds } = refusalOf(error);
      if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
      return reply.code(http).send(body);
    });
    const context = { ...parts, gate: createGate(parts.service, parts.tools) };
    registerRequestAccessToken(app, context);
    registerLiveness(app, context);
    registerFaceMatch(app, context);
    registerFaceSearch(app, context);
    registerEnrollFace(app, context);
    registerAgeEstimation(app, context);
    registerResult(app, context);
    registerStatus(app, context);
    registerDelete(app, context);
    registerProofs(app, context);
  },
  answerMissing,
});

const answerMissing = (
  { status }: MissingRoute,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => reply.send({ status: false, message: MESSAGES[status] });
