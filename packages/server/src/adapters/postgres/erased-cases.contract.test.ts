import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from '../../database-under-test.contract.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { erasedCasesContract } from '../../ports/erased-cases.contract.ts';
import { openStore, type StoreUnderTest } from '../../store-under-test.contract.ts';
import { createCaseRecords } from './case-records.ts';
import { createErasedCases } from './erased-cases.ts';
import { createRecords } from './records.ts';

for (const { title, skipped, open } of SERVERS_UNDER_TEST) {
  describe.skipIf(skipped !== undefined)(`on ${title}`, () => {
    let server: OpenServer;
    let store: StoreUnderTest;

    beforeAll(async () => {
      server = await open();
      store = await openStore(await server.createDatabase());
    }, 60_000);
    afterAll(async () => {
      await store?.close();
      await server?.close();
    });

    const parts = () => ({
      erased: createErasedCases(store.pool),
      cases: createCaseRecords(store.pool),
      records: createRecords(store.pool),
    });
    erasedCasesContract(title, parts);

    it('does not make up how much a case held that was submitted before anybody counted', async () => {
      const { cases, erased } = parts();
      const name = { space: 'here' as AccountId, reference: 'EARLIER' };
      const sealedDataKey = Uint8Array.of(1);
      await cases.insert({ ...name, kind: 'injection', createdAt: new Date(), sealedDataKey, media: [] });
      await store.pool.query(
        "update facegate.media_case set erased_media = null, erased_proofs = null where reference = 'EARLIER'",
      );
      await cases.erase(name, '');
      expect(await erased.find('EARLIER')).toMatchObject({ state: 'deleted' });
      expect(await erased.find('EARLIER')).not.toHaveProperty('held');
    });
  });
}
