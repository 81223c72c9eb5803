import type { AccountId } from '../enrolment/records.ts';
import type { Door } from './account.ts';

/** No id of an account holds a slash. */
export const spaceOf = (account: AccountId, door: Door): AccountId =>
  door === 'native' ? account : (`${account}/${door}` as AccountId);
