import { expect, it } from 'vitest';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { erasedCasesContract } from '../../ports/erased-cases.contract.ts';
import { createCaseRecords } from './case-records.ts';
import { createErasedCases } from './erased-cases.ts';
import { onEveryServer } from './on-every-server.contract.ts';
import { createRecords } from './records.ts';

onEveryServer((title, pool) => {
  const parts = () => ({
    erased: createErasedCases(pool()),
    cases: createCaseRecords(pool()),
    records: createRecords(pool()),
  });
  erasedCasesContract(title, parts);

  it('does not make up how much a case held that was submitted before anybody counted', async () => {
    const { cases, erased } = parts();
    const name = { space: 'here' as AccountId, reference: 'EARLIER' };
    const sealedDataKey = Uint8Array.of(1);
    await cases.insert({ ...name, kind: 'injection', createdAt: new Date(), sealedDataKey, media: [] });
    await pool().query(
      "update facegate.media_case set erased_media = null, erased_proofs = null where reference = 'EARLIER'",
    );
    await cases.erase(name, '');
    expect(await erased.find('EARLIER')).toMatchObject({ state: 'deleted' });
    expect(await erased.find('EARLIER')).not.toHaveProperty('held');
  });
});
