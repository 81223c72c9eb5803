import type { Environment } from './load.ts';

/** The process's environment variables. The one place that reads them. */
export const environment = (): Environment => process.env;
