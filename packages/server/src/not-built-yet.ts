import type { Authentication } from './domain/accounts/authentication.ts';
import type { Audit } from './domain/audit/audit.ts';
import { errors } from './domain/errors.ts';

const refused = async (): Promise<never> => {
  throw errors.unavailable('not built yet');
};

const authentication: Authentication = {
  byPair: refused,
  bySecret: refused,
  byProof: refused,
  issueToken: refused,
  byToken: refused,
};

const audit: Audit = { record: async () => {}, note: () => {} };

export const NOT_BUILT_YET = { authentication, audit } as const;
