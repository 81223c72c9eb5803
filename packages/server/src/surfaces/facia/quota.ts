import type { Principal, Quota } from '../../domain/accounts/account.ts';
import type { Limits } from '../../domain/limits/limits.ts';
import { limitRefusal } from './refusal.ts';

/** Takes what a transaction uses. @throws FaciaRefusal when it is used up, in testing mode alone. */
export async function takeQuota(limits: Limits, principal: Principal, quota: Quota): Promise<void> {
  if ((await limits.takeQuotas(principal, [quota])) !== undefined) throw limitRefusal();
}
