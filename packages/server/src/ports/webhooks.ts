/** Sends to addresses of accounts: over https, to public hosts and those that the operator has listed. */
export interface Webhooks {
  /** @throws FaceError `invalid-request` when nothing may be sent to this URL, by its text alone. */
  judge(url: string): void;
  /**
   * Posts once: no redirect is followed, and nothing of the answer counts but its status.
   *
   * No address of a private network is connected to unless its host is listed, whatever the name servers say. Never
   * throws, and takes no longer than the time that one attempt has.
   *
   * @param signal  ends the attempt early.
   */
  send(call: WebhookCall, signal: AbortSignal): Promise<WebhookOutcome>;
}

export interface WebhookCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type WebhookOutcome =
  /** Answered with a status from 200 to 299. */
  | { readonly outcome: 'delivered' }
  /** In words for the operator; nothing of the URL, of what was sent or of the answer's body. */
  | { readonly outcome: 'failed'; readonly reason: string };
