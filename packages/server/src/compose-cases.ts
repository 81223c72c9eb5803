import type { Logger } from 'pino';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import type { createClosers } from './closers.ts';
import { tellAccounts } from './compose-callbacks.ts';
import type { openStore } from './compose-store.ts';
import type { Config } from './config/schema.ts';
import { CASE_LINK_KEY, ensureServiceKey } from './domain/accounts/service-key.ts';
import type { Audit } from './domain/audit/audit.ts';
import { createBell } from './domain/bell.ts';
import { runCases } from './domain/cases/case-runner.ts';
import type { Cases } from './domain/cases/cases.ts';
import { createCases } from './domain/cases/create-cases.ts';
import { keepCases, sweepScratch } from './domain/cases/keep-cases.ts';
import { LEASE_MS } from './domain/cases/policy.ts';
import { createRunningCases } from './domain/cases/running-cases.ts';
import type { SearchParts } from './domain/identification/search-faces.ts';
import type { Webhooks } from './ports/webhooks.ts';

type Store = Awaited<ReturnType<typeof openStore>>;

interface CasesOpening
  extends Pick<Store, 'cases' | 'notices' | 'blobs' | 'scratch' | 'accountStore' | 'keys' | 'serviceKeys'>,
    SearchParts {
  readonly webhooks: Webhooks;
  readonly audit: Audit;
  readonly logger: Logger;
  readonly closers: ReturnType<typeof createClosers>;
}

/** Cases, with somebody who examines them, somebody who tells of them and somebody who erases the old ones. */
export async function openCases(config: Config, opening: CasesOpening): Promise<Cases> {
  const { cases, logger, closers } = opening;
  const { linkSeconds, days, atOnce, manipulationProbabilityMin } = config.cases;
  const bell = createBell();
  const parts = {
    ...opening,
    clock: systemClock,
    ids: randomIds,
    catchUp: opening.follower.catchUp,
    linkKey: await ensureServiceKey(opening, CASE_LINK_KEY),
    bell,
    running: createRunningCases(),
    requestMsMax: config.http.requestTimeoutMs + config.http.answerTimeoutMs,
    policy: { manipulationProbabilityMin },
    limits: {
      imageBytesMax: config.images.bytesMax,
      linkSeconds,
      acceptsClips: config.videoDecoder !== 'off',
    },
  };
  await sweepScratch(parts);
  closers.add(await cases.onChange(bell.ring));
  closers.add(keepCases({ ...parts, days, onFailure: warning(logger, 'old cases could not be erased') }));
  closers.add(tellAccounts({ ...opening, bell }));
  const onFailure = warning(logger, 'a case could not be examined');
  closers.add(runCases({ ...parts, atOnce, leaseMs: LEASE_MS, onFailure }));
  return createCases(parts);
}

const warning = (logger: Logger, text: string) => (error: unknown) => logger.warn({ err: error }, text);
