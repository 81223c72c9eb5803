import type { FastifyInstance } from 'fastify';
import { errors } from '../../../domain/errors.ts';
import { applyRate, countStranger } from '../../../http/rate-limit.ts';
import type { FaciaContext } from '../context.ts';
import { envelope } from '../wire/answers.ts';
import { type Fields, fieldsOf, readFields, required } from '../wire/fields.ts';
import { text } from '../wire/rules.ts';

const RULES = {
  client_id: required(text({ max: 255 })),
  client_secret: required(text({ max: 255 })),
};

/** `POST /request-access-token`: a Bearer token for a client's id and secret. */
export function registerRequestAccessToken(app: FastifyInstance, context: FaciaContext): void {
  const { service, tools, options } = context;
  const { authentication, limits } = service;
  app.post('/request-access-token', {
    onRequest: (request, reply) => countStranger(request, reply, limits),
    handler: async (request, reply) => {
      const { client_id: id, client_secret: secret } = readFields(underscored(fieldsOf(request.body)), RULES);
      applyRate(reply, await limits.countTokenRequest('facia', request.ip, id));
      const principal = await authentication.byPair('facia', id, secret);
      if (principal === undefined) throw errors.unauthenticated();
      tools.actAs({ account: principal.space, actor: principal.credentialId });
      const { token } = await authentication.issueToken(principal, options.tokenSeconds);
      return envelope('token', { token });
    },
  });
}

/** The vendor's pages spell the names with a hyphen too. */
const underscored = (fields: Fields): Fields => ({
  client_id: fields['client_id'] ?? fields['client-id'],
  client_secret: fields['client_secret'] ?? fields['client-secret'],
});
