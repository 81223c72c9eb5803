import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors } from '../../../domain/errors.ts';
import { countStranger } from '../../../http/rate-limit.ts';
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
  const show = async (reply: FastifyReply, link: NamedLink | undefined) => {
    const media = link && (await cases.openLink(link));
    if (media === undefined) throw signatureRefusal();
    if (media === 'gone') throw errors.notFound('proof');
    return reply
      .header('cache-control', 'private, no-store')
      .type(media.contentType)
      .send(Buffer.from(media.bytes));
  };

  app.get<{ Params: { token: string } }>('/get-proof/:token', {
    onRequest,
    handler: async ({ params: { token } }, reply) => show(reply, linkIn(token)),
  });
  app.get<ImageUrl>('/api/image-url/:id', {
    onRequest,
    handler: async ({ params: { id }, query }, reply) => show(reply, linkOf(id, query)),
  });
}

const FORM = /^[0-9a-f]{24} [1-9]\d{0,9} [0-9a-f]{64}$/;

function linkOf(id: string, { expires, signature }: ImageUrl['Querystring']): NamedLink | undefined {
  if (typeof expires !== 'string' || typeof signature !== 'string') return undefined;
  return FORM.test(`${id} ${expires} ${signature}`) ? { id, expires, signature } : undefined;
}
