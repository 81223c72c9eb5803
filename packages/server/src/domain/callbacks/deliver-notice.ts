import type { Clock } from '../../ports/clock.ts';
import type { ClaimedNotice } from '../../ports/notices.ts';
import type { WebhookOutcome, Webhooks } from '../../ports/webhooks.ts';
import type { ServiceKeyParts } from '../accounts/service-key.ts';
import type { CallbackDoor, NoticeFormat } from './callback.ts';
import { callbackSigner } from './callback-secret.ts';

export interface DeliveryParts extends ServiceKeyParts {
  readonly webhooks: Pick<Webhooks, 'send'>;
  /** Of each vendor that calls back. */
  readonly formats: Readonly<Record<CallbackDoor, NoticeFormat>>;
  readonly clock: Clock;
}

/** Words a notice as its door's vendor does, signs it and sends it. @throws FaceError as `callbackSigner`. */
export async function deliverNotice(
  parts: DeliveryParts,
  { notice, callback }: ClaimedNotice,
  signal: AbortSignal,
): Promise<WebhookOutcome> {
  const sign = await callbackSigner(parts, callback);
  const { body, headers } = parts.formats[callback.door](notice, { sign, at: parts.clock.now() });
  const call = {
    url: callback.url,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(body, 'utf8'),
  };
  return parts.webhooks.send(call, signal);
}
