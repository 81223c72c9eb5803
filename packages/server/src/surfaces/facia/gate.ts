import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Scope } from '../../domain/accounts/account.ts';
import type { Authentication } from '../../domain/accounts/authentication.ts';
import { errors } from '../../domain/errors.ts';
import type { Service } from '../../domain/service.ts';
import { createAdmission } from '../../http/admission.ts';
import type { SurfaceTools } from '../../http/surface.ts';

/** What an operation asks for. */
interface Requirement {
  readonly scope: Scope;
  /** Whether an access token does; a client secret always does. */
  readonly takesBearer: boolean;
}

/** Who may come in: known credentials, not too often. */
export interface Gate {
  /**
   * A hook that lets a request of these credentials pass, before its body is read.
   *
   * @throws FaceError `rate-limited`, `unauthenticated` for an access token that does not hold, `forbidden` for any
   *   other lack of credentials, `unavailable`.
   */
  admit(requirement: Requirement): (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Whose request it is that was admitted. */
  principalOf(request: FastifyRequest): Principal;
}

export function createGate(
  { authentication, limits }: Pick<Service, 'authentication' | 'limits'>,
  { actAs }: Pick<SurfaceTools, 'actAs'>,
): Gate {
  const { admit, principalOf } = createAdmission({ limits, actAs });
  return {
    admit:
      ({ scope, takesBearer }) =>
      async (request, reply) => {
        await admit(request, reply, {
          scope,
          identify: () => identify(request, { authentication, takesBearer }),
        });
      },
    principalOf,
  };
}

interface Identification {
  readonly authentication: Authentication;
  readonly takesBearer: boolean;
}

/** An access token that fails is not made good by a secret beside it. */
async function identify(
  { headers }: FastifyRequest,
  { authentication, takesBearer }: Identification,
): Promise<Principal> {
  const token = takesBearer ? tokenIn(headers.authorization) : undefined;
  if (token !== undefined) {
    const principal = await authentication.byToken('facia', token);
    if (principal === undefined) throw errors.unauthenticated();
    return principal;
  }
  const secret = headers['client-secret'];
  const isGiven = typeof secret === 'string' && secret !== '';
  const principal = isGiven ? await authentication.bySecret('facia', secret) : undefined;
  if (principal === undefined) throw errors.forbidden();
  return principal;
}

/** Empty for a header that names the scheme alone. */
const tokenIn = (header = ''): string | undefined => /^bearer(?: +(.*))?$/i.exec(header)?.slice(1).join('');
