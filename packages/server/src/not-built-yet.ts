import type { Authentication } from './domain/accounts/authentication.ts';
import { errors } from './domain/errors.ts';
import type { Limits } from './domain/limits/limits.ts';

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

const limits: Limits = {
  countRequest: refused,
  countStranger: refused,
  takeQuotas: refused,
  beginAttempt: refused,
  endAttempt: refused,
};

export const NOT_BUILT_YET = { authentication, limits } as const;
