import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NATIVE_KEY_PREFIX, type Principal, type Scope } from '../../domain/accounts/account.ts';
import type { Authentication } from '../../domain/accounts/authentication.ts';
import { type AccountId, LOCAL_ACCOUNT } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import { type AdmissionParts, createAdmission, requireScope } from '../../http/admission.ts';

/** What an operation asks of its caller; `none`: not even who it is. */
export type Requirement = Scope | 'none';

export interface AccessOptions extends AdmissionParts {
  readonly authentication: Pick<Authentication, 'bySecret'>;
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
  const enter = options.isOpen ? openDoor(options) : closedDoor(options);
  return {
    watch: (app) => {
      app.addHook('onRequest', async (request, reply) => {
        const requirement = options.requirementOf(request);
        if (requirement === undefined) throw errors.forbidden();
        if (requirement !== 'none') known.set(request, await enter(request, reply, requirement));
      });
    },
    accountOf: (request) => {
      const account = known.get(request);
      if (account === undefined) throw errors.internal('a request got through without a caller');
      return account;
    },
  };
}

/** @throws FaceError `unauthenticated` for a key that does not hold, `forbidden` for one that is not meant for this. */
type Entry = (request: FastifyRequest, reply: FastifyReply, scope: Scope) => Promise<AccountId>;

function closedDoor({ authentication, ...parts }: AccessOptions): Entry {
  const { admit } = createAdmission(parts);
  return async (request, reply, scope) => {
    const identify = () => ownerOf(keyOf(request), reply, authentication);
    return (await admit(request, reply, { scope, identify })).space;
  };
}

/** Nobody is counted here: who is over a limit would leave the key out. */
const openDoor =
  ({ authentication, actAs }: AccessOptions): Entry =>
  async (request, reply, scope) => {
    const key = keyOf(request);
    if (key === undefined) return LOCAL_ACCOUNT;
    const principal = await ownerOf(key, reply, authentication);
    actAs({ account: principal.space, actor: principal.credentialId });
    requireScope(principal, scope);
    return principal.space;
  };

async function ownerOf(
  key: string | undefined,
  reply: FastifyReply,
  authentication: AccessOptions['authentication'],
): Promise<Principal> {
  const principal = key === undefined ? undefined : await authentication.bySecret('native', key);
  if (principal !== undefined) return principal;
  reply.header('www-authenticate', 'Bearer');
  throw errors.unauthenticated();
}

const BEARER = /^bearer +([^ ]+) *$/i;

/** A token that is none of our keys, as a gateway in front may pass on, says nothing here. */
function keyOf({ headers: { authorization = '' } }: FastifyRequest): string | undefined {
  const token = BEARER.exec(authorization)?.[1];
  return token?.startsWith(NATIVE_KEY_PREFIX) ? token : undefined;
}
