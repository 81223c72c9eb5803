import type { Pool } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openPool } from './pool.ts';

/** Tests on a migrated database of every kind of server. Those that are not here are skipped by name. */
export function onEveryServer(tests: (title: string, pool: () => Pool) => void): void {
  for (const { title, skipped, open } of SERVERS_UNDER_TEST) {
    const reason = skipped === undefined ? '' : ` (${skipped})`;
    describe.skipIf(skipped !== undefined)(`on ${title}${reason}`, () => {
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

      tests(title, () => pool);
    });
  }
}
