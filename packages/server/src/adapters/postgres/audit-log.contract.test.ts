import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { auditLogContract } from '../../ports/audit-log.contract.ts';
import { createAuditLog } from './audit-log.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openPool } from './pool.ts';

for (const { title, skipped, open } of SERVERS_UNDER_TEST) {
  describe.skipIf(skipped !== undefined)(`on ${title}`, () => {
    let server: OpenServer;
    beforeAll(async () => {
      server = await open();
    }, 60_000);
    afterAll(() => server.close());

    auditLogContract(title, async () => {
      const pool = await openPool(await server.createDatabase(), { connectionsMax: 16 });
      onTestFinished(() => pool.end());
      await migrate(pool, MIGRATIONS);
      return createAuditLog(pool);
    });
  });
}
