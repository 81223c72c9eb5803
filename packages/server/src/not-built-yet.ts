import type { Audit } from './domain/audit/audit.ts';

const audit: Audit = { record: async () => {}, note: () => {} };

export const NOT_BUILT_YET = { audit } as const;
