import type { Pool } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { caseRecordsContract } from '../../ports/case-records.contract.ts';
import { createCaseRecords } from './case-records.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openPool } from './pool.ts';
import { createRecords } from './records.ts';

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

    caseRecordsContract(title, () => ({ cases: createCaseRecords(pool), records: createRecords(pool) }));
  });
}
