import type { Pool } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { accountStoreContract } from '../../ports/accounts.contract.ts';
import { changeLogContract } from '../../ports/change-log.contract.ts';
import { externalIdsContract } from '../../ports/external-ids.contract.ts';
import { recordsContract } from '../../ports/records.contract.ts';
import { serviceKeysContract } from '../../ports/service-keys.contract.ts';
import { createAccountStore } from './accounts.ts';
import { createChangeLog } from './change-log.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openPool } from './pool.ts';
import { createRecords } from './records.ts';
import { createServiceKeys } from './service-keys.ts';
import { createWriteSignal } from './write-signal.ts';

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
      await pool.end();
      await server.close();
    });

    const subject = () => {
      const signal = createWriteSignal(pool);
      return {
        records: createRecords(pool, { onCommit: signal.send }),
        changeLog: createChangeLog(pool, signal),
      };
    };
    recordsContract(title, () => subject().records);
    externalIdsContract(title, () => subject().records);
    changeLogContract(title, subject);
    accountStoreContract(title, () => createAccountStore(pool));
    serviceKeysContract(title, () => ({
      serviceKeys: createServiceKeys(pool),
      records: createRecords(pool),
    }));
  });
}
