import type { Principal, Quota } from '../../domain/accounts/account.ts';
import type { Limits } from '../../domain/limits/limits.ts';
import { quotaRefusal } from './coded-refusal.ts';

/** Takes what a request uses, all of it or nothing. @throws CodedRefusal when one is used up, in testing mode alone. */
export async function takeQuotas(
  limits: Limits,
  principal: Principal,
  quotas: readonly Quota[],
): Promise<void> {
  if (quotas.length === 0) return;
  const exhausted = await limits.takeQuotas(principal, quotas);
  if (exhausted !== undefined) throw quotaRefusal(exhausted);
}
