import { caseRecordsContract } from '../../ports/case-records.contract.ts';
import { createCaseRecords } from './case-records.ts';
import { onEveryServer } from './on-every-server.contract.ts';
import { createRecords } from './records.ts';

onEveryServer((title, pool) => {
  caseRecordsContract(title, () => ({ cases: createCaseRecords(pool()), records: createRecords(pool()) }));
});
