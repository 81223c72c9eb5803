import type { Audit } from './domain/audit/audit.ts';
import { errors } from './domain/errors.ts';
import type { Limits } from './domain/limits/limits.ts';

const refused = async (): Promise<never> => {
  throw errors.unavailable('not built yet');
};

const limits: Limits = {
  countRequest: refused,
  countStranger: refused,
  takeQuotas: refused,
  beginAttempt: refused,
  endAttempt: refused,
};

const audit: Audit = { record: async () => {}, note: () => {} };

export const NOT_BUILT_YET = { limits, audit } as const;
