import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors } from '../../../domain/errors.ts';
import { countStranger } from '../../../http/rate-limit.ts';
import { sendContent } from '../../../http/send-content.ts';
import type { FaciaContext } from '../context.ts';
import { signatureRefusal } from '../refusal.ts';
import { linkIn, type NamedLink } from '../wire/proof-token.ts';

interface ImageUrl {
  readonly Params: { readonly id: string };
  readonly Querystring: Readonly<Record<string, unknown>>;
}

/**
 * `GET /get-proof/:token` and `GET /api/image-url/:id`: pictures and clips for whoever has a link. Counted by address
 * and not against the account, since pages of others ask for them.
 */
export function registerProofs(app: FastifyInstance, { service: { cases, limits } }: FaciaContext): void {
  const onRequest = (request: FastifyRequest, reply: FastifyReply) => countStranger(request, reply, limits);
  const show = async (request: FastifyRequest, reply: FastifyReply, link: NamedLink | undefined) => {
    const media = link && (await cases.openLink(link));
    if (media === undefined) throw signatureRefusal();
    if (media === 'gone') throw errors.notFound('proof');
    reply.header('cache-control', 'private, no-store').type(media.contentType);
    return sendContent(request, reply, media);
  };

  app.get<{ Params: { token: string } }>('/get-proof/:token', {
    onRequest,
    handler: async (request, reply) => show(request, reply, linkIn(request.params.token)),
  });
  app.get<ImageUrl>('/api/image-url/:id', {
    onRequest,
    handler: async (request, reply) => show(request, reply, linkOf(request.params.id, request.query)),
  });
}

const FORM = /^[0-9a-f]{24} [1-9]\d{0,9} [0-9a-f]{64}$/;

function linkOf(id: string, { expires, signature }: ImageUrl['Querystring']): NamedLink | undefined {
  if (typeof expires !== 'string' || typeof signature !== 'string') return undefined;
  return FORM.test(`${id} ${expires} ${signature}`) ? { id, expires, signature } : undefined;
}
