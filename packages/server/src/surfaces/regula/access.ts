import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NATIVE_KEY_PREFIX, type Principal, type Scope } from '../../domain/accounts/account.ts';
import type { Authentication } from '../../domain/accounts/authentication.ts';
import { type AccountId, LOCAL_ACCOUNT } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type { Limits } from '../../domain/limits/limits.ts';
import { applyRate, countStranger } from '../../http/rate-limit.ts';
import type { SurfaceTools } from '../../http/surface.ts';

/** What an operation asks of its caller; `none`: not even who it is. */
export type Requirement = Scope | 'none';

export interface AccessOptions {
  readonly authentication: Pick<Authentication, 'bySecret'>;
  readonly limits: Limits;
  readonly actAs: SurfaceTools['actAs'];
  /** Whether somebody without a key is taken for the default account. */
  readonly isOpen: boolean;
  /** Undefined for an address that is none of this surface's: nobody gets through. */
  requirementOf(request: FastifyRequest): Requirement | undefined;
}

/** Who sent which request. Forgotten with the request. */
export interface Access {
  /** Looks at each request's key before its body is read. */
  watch(app: FastifyInstance): void;
  /** Whose persons, images and groups the request is about. */
  accountOf(request: FastifyRequest): AccountId;
}

export function createAccess(options: AccessOptions): Access {
  const known = new WeakMap<FastifyRequest, AccountId>();
  return {
    watch: (app) => {
      app.addHook('onRequest', async (request, reply) => {
        const requirement = options.requirementOf(request);
        if (requirement === undefined) throw errors.forbidden();
        if (requirement === 'none') return;
        if (!options.isOpen) await countStranger(request, reply, options.limits);
        known.set(request, await admit(request, reply, { ...options, scope: requirement }));
      });
    },
    accountOf: (request) => {
      const account = known.get(request);
      if (account === undefined) throw errors.internal('a request got through without a caller');
      return account;
    },
  };
}

interface Admission extends AccessOptions {
  readonly scope: Scope;
}

/** @throws FaceError `unauthenticated` for a key that does not hold, `forbidden` for one that is not meant for this. */
async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  { authentication, limits, actAs, isOpen, scope }: Admission,
): Promise<AccountId> {
  const key = keyOf(request);
  if (key === undefined && isOpen) return LOCAL_ACCOUNT;
  const principal = key === undefined ? undefined : await authentication.bySecret('native', key);
  if (principal === undefined) {
    reply.header('www-authenticate', 'Bearer');
    throw errors.unauthenticated();
  }
  actAs({ account: principal.space, actor: principal.credentialId });
  if (!isOpen) applyRate(reply, await limits.countRequest(principal, request.ip));
  if (!allows(principal, scope)) throw errors.forbidden();
  return principal.space;
}

const BEARER = /^bearer +([^ ]+) *$/i;

/** A token that is none of our keys, as a gateway in front may pass on, says nothing here. */
function keyOf({ headers: { authorization = '' } }: FastifyRequest): string | undefined {
  const token = BEARER.exec(authorization)?.[1];
  return token?.startsWith(NATIVE_KEY_PREFIX) ? token : undefined;
}

const allows = ({ scopes }: Principal, scope: Scope): boolean =>
  scopes.includes(scope) || scopes.includes('admin');
