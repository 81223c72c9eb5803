import { callbackStoreContract } from '../../ports/callbacks.contract.ts';
import { noticeQueueContract } from '../../ports/notices.contract.ts';
import { createAccountStore } from './accounts.ts';
import { createCallbackStore } from './callbacks.ts';
import { createCaseRecords } from './case-records.ts';
import { createNoticeQueue } from './notices.ts';
import { onEveryServer } from './on-every-server.contract.ts';

onEveryServer((title, pool) => {
  const opened = () => ({
    callbacks: createCallbackStore(pool()),
    notices: createNoticeQueue(pool()),
    cases: createCaseRecords(pool()),
    accounts: createAccountStore(pool()),
  });
  callbackStoreContract(title, opened);
  noticeQueueContract(title, opened);
});
