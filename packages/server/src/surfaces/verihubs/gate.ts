import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Scope } from '../../domain/accounts/account.ts';
import { errors } from '../../domain/errors.ts';
import type { Service } from '../../domain/service.ts';
import { createAdmission } from '../../http/admission.ts';
import type { SurfaceTools } from '../../http/surface.ts';

/** Who may come in: known credentials, not too often. */
export interface Gate {
  /**
   * A hook that lets a request of these credentials pass, before its body is read.
   *
   * @throws FaceError `rate-limited`, `unauthenticated`, `forbidden`, `unavailable`.
   */
  admit(scope: Scope): (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Whose request it is that was admitted. */
  principalOf(request: FastifyRequest): Principal;
}

export function createGate(
  { authentication, limits }: Pick<Service, 'authentication' | 'limits'>,
  { actAs }: Pick<SurfaceTools, 'actAs'>,
): Gate {
  const { admit, principalOf } = createAdmission({ limits, actAs });
  const identify = async (request: FastifyRequest): Promise<Principal> => {
    const { appId, apiKey } = credentialsOf(request);
    const principal = await authentication.byPair('verihubs', appId, apiKey);
    if (principal === undefined) throw errors.unauthenticated();
    return principal;
  };
  return {
    admit: (scope) => async (request, reply) => {
      await admit(request, reply, { scope, identify: () => identify(request) });
    },
    principalOf,
  };
}

/** @throws FaceError `unauthenticated` when there are none. */
function credentialsOf({ headers }: FastifyRequest) {
  const { 'app-id': appId, 'api-key': apiKey } = headers;
  if (typeof appId !== 'string' || typeof apiKey !== 'string') throw errors.unauthenticated();
  return { appId, apiKey };
}
