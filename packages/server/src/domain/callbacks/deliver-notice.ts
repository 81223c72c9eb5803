import type { ClaimedNotice } from '../../ports/notices.ts';
import type { WebhookOutcome, Webhooks } from '../../ports/webhooks.ts';
import type { CallbackDoor, NoticeFormat } from './callback.ts';
import { openNoticeSigning, type SigningParts } from './notice-signing.ts';

export interface DeliveryParts extends SigningParts {
  readonly webhooks: Pick<Webhooks, 'send'>;
  /** Of each vendor that calls back. */
  readonly formats: Readonly<Record<CallbackDoor, NoticeFormat>>;
}

/**
 * Words a notice as its door's vendor does, signs it and sends it; to an account that cannot be signed for it fails.
 *
 * @throws FaceError as `openNoticeSigning`.
 */
export async function deliverNotice(
  parts: DeliveryParts,
  { notice, callback }: ClaimedNotice,
  signal: AbortSignal,
): Promise<WebhookOutcome> {
  const signing = await openNoticeSigning(parts, callback);
  if (signing === undefined) {
    return { outcome: 'failed', reason: 'the account is disabled, or has no credential that holds' };
  }
  const { body, headers } = parts.formats[callback.door](notice, signing);
  const call = {
    url: callback.url,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(body, 'utf8'),
  };
  return parts.webhooks.send(call, signal);
}
