import { createAccountStore } from './adapters/postgres/accounts.ts';
import { createCallbackStore } from './adapters/postgres/callbacks.ts';
import { createNoticeQueue } from './adapters/postgres/notices.ts';
import { createServiceKeys } from './adapters/postgres/service-keys.ts';
import { systemClock } from './adapters/system/clock.ts';
import { createWebhooks } from './adapters/webhooks/webhooks.ts';
import type { CasesNode } from './cases-under-test.contract.ts';
import { auditedCallbacks } from './domain/audit/audited-callbacks.ts';
import { createCallbacks } from './domain/callbacks/create-callbacks.ts';
import {
  type NoticeRunnerParts,
  tellNext,
  type UndeliveredAttempt,
} from './domain/callbacks/notice-runner.ts';
import type { Clock } from './ports/clock.ts';
import type { StoreUnderTest } from './store-under-test.contract.ts';
import { toCallback } from './surfaces/facia/callback.ts';

interface CallbacksOptions {
  /** That may be sent to. */
  readonly hosts: string;
  /** @default the system's */
  readonly clock?: Clock;
}

/** Callbacks of a node with cases; accounts are told when a test says so. */
export function openCallbacks(
  { pool }: StoreUnderTest,
  { parts: node, written }: CasesNode,
  { hosts, clock = systemClock }: CallbacksOptions,
) {
  const undelivered: UndeliveredAttempt[] = [];
  const failures: unknown[] = [];
  const parts: NoticeRunnerParts = {
    notices: createNoticeQueue(pool),
    accountStore: createAccountStore(pool),
    keys: node.keys,
    serviceKeys: createServiceKeys(pool),
    webhooks: createWebhooks({ hosts, timeoutMs: 1000 }),
    formats: { facia: toCallback },
    clock,
    bell: node.bell,
    audit: node.audit,
    onUndelivered: (attempt) => void undelivered.push(attempt),
    onFailure: (error) => void failures.push(error),
    chance: () => 0.5,
  };
  const callbacks = createCallbacks({
    notices: parts.notices,
    webhooks: createWebhooks({ hosts }),
    accountStore: createAccountStore(pool),
    callbackStore: createCallbackStore(pool),
  });
  const never = new AbortController().signal;
  return {
    parts,
    written,
    undelivered,
    failures,
    callbacks: auditedCallbacks(callbacks, node.audit, 'operator'),
    tellNext: (giveUp = never) => tellNext(parts, giveUp),
    /** Seconds until the next attempt, rounded; none when nothing waits. */
    dueIn: async (): Promise<number[]> => {
      const { rows } = await pool.query<{ seconds: string }>(
        `select round(extract(epoch from due_at - now())) as seconds from facegate.notice
         where given_up_at is null order by number`,
      );
      return rows.map(({ seconds }) => Number(seconds));
    },
    /** As if the time had passed. */
    makeDue: () => pool.query('update facegate.notice set due_at = now()'),
  };
}
