import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Scope } from '../domain/accounts/account.ts';
import { errors } from '../domain/errors.ts';
import type { Limits } from '../domain/limits/limits.ts';
import { applyRate, countStranger } from './rate-limit.ts';
import type { SurfaceTools } from './surface.ts';

/** What admission leans on. */
export interface AdmissionParts {
  readonly limits: Pick<Limits, 'countStranger' | 'countRequest'>;
  readonly actAs: SurfaceTools['actAs'];
}

/** Who may come in: known credentials, not too often. */
export interface Admission {
  /**
   * Lets a request pass, or not, before its body is read.
   *
   * @param identify tells whose credentials the request shows, and refuses in the surface's way where they do not hold.
   * @throws FaceError `rate-limited`, `forbidden` without the scope, and what `identify` throws.
   */
  admit(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<Principal>;
  /** Whose request it is that was admitted. */
  principalOf(request: FastifyRequest): Principal;
}

interface Asked {
  readonly scope: Scope;
  readonly identify: () => Promise<Principal>;
}

export function createAdmission({ limits, actAs }: AdmissionParts): Admission {
  const admitted = new WeakMap<FastifyRequest, Principal>();
  return {
    admit: async (request, reply, { scope, identify }) => {
      await countStranger(request, reply, limits);
      const principal = await identify();
      actAs({ account: principal.space, actor: principal.credentialId });
      applyRate(reply, await limits.countRequest(principal, request.ip));
      requireScope(principal, scope);
      admitted.set(request, principal);
      return principal;
    },
    principalOf: (request) => {
      const principal = admitted.get(request);
      if (principal === undefined) throw errors.internal('a request came past the gate');
      return principal;
    },
  };
}

/** @throws FaceError `forbidden` */
export function requireScope(principal: Principal, scope: Scope): void {
  if (!allows(principal, scope)) throw errors.forbidden();
}

/** Whether credentials may be used for it. */
export const allows = ({ scopes }: Principal, scope: Scope): boolean =>
  scopes.includes(scope) || scopes.includes('admin');
