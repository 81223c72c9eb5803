import { errors } from '../errors.ts';
import type { Cases } from './cases.ts';

const refused = async (): Promise<never> => {
  throw errors.unavailable('this server keeps no cases');
};

/** Of a server that keeps none: every operation is `unavailable`. */
export const NO_CASES: Cases = {
  submit: refused,
  find: refused,
  settled: refused,
  erase: refused,
  linkTo: refused,
  openLink: refused,
};
