import type { Logger } from 'pino';
import { systemClock } from './adapters/system/clock.ts';
import { createWebhooks } from './adapters/webhooks/webhooks.ts';
import { ConfigError } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { type NoticeRunnerParts, runNotices } from './domain/callbacks/notice-runner.ts';
import type { Webhooks } from './ports/webhooks.ts';
import { toCallback } from './surfaces/facia/callback.ts';

/** @throws ConfigError for a wrong list of hosts. */
export function openWebhooks({ callbackHosts }: Config): Webhooks {
  try {
    return createWebhooks({ hosts: callbackHosts });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError([`FACEGATE_CALLBACK_HOSTS: ${error.message}`]);
  }
}

interface CallbacksOpening
  extends Pick<
    NoticeRunnerParts,
    'notices' | 'bell' | 'audit' | 'accountStore' | 'keys' | 'serviceKeys' | 'webhooks'
  > {
  readonly logger: Logger;
}

/** Somebody who tells accounts of their cases. @returns ends it. */
export const tellAccounts = ({ logger, ...parts }: CallbacksOpening): (() => Promise<void>) =>
  runNotices({
    ...parts,
    clock: systemClock,
    formats: { facia: toCallback },
    onUndelivered: (attempt) => logger.warn(attempt, 'a callback could not be delivered'),
    onFailure: (error) => logger.warn({ err: error }, 'callbacks could not be seen to'),
  });
