import type { Pool } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { callbackStoreContract } from '../../ports/callbacks.contract.ts';
import { noticeQueueContract } from '../../ports/notices.contract.ts';
import { createAccountStore } from './accounts.ts';
import { createCallbackStore } from './callbacks.ts';
import { createCaseRecords } from './case-records.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createNoticeQueue } from './notices.ts';
import { openPool } from './pool.ts';

for (const { title, skipped, open } of SERVERS_UNDER_TEST) {
  describe.skipIf(skipped !== undefined)(`on ${title}${skipped === undefined ? '' : ` (${skipped})`}`, () => {
    let server: OpenServer;
    let pool: Pool;

    beforeAll(async () => {
      server = await open();
      pool = await openPool(await server.createDatabase(), { connectionsMax: 16 });
      await migrate(pool, MIGRATIONS);
    }, 60_000);
    afterAll(async () => {
      await pool?.end();
      await server?.close();
    });

    const opened = () => ({
      callbacks: createCallbackStore(pool),
      notices: createNoticeQueue(pool),
      cases: createCaseRecords(pool),
      accounts: createAccountStore(pool),
    });
    callbackStoreContract(title, opened);
    noticeQueueContract(title, opened);
  });
}
