import { accountStoreContract } from '../../ports/accounts.contract.ts';
import { changeLogContract } from '../../ports/change-log.contract.ts';
import { externalIdsContract } from '../../ports/external-ids.contract.ts';
import { recordsContract } from '../../ports/records.contract.ts';
import { serviceKeysContract } from '../../ports/service-keys.contract.ts';
import { createAccountStore } from './accounts.ts';
import { createChangeLog } from './change-log.ts';
import { onEveryServer } from './on-every-server.contract.ts';
import { createRecords } from './records.ts';
import { createServiceKeys } from './service-keys.ts';
import { createWriteSignal } from './write-signal.ts';

onEveryServer((title, pool) => {
  const subject = () => {
    const signal = createWriteSignal(pool());
    return {
      records: createRecords(pool(), { onCommit: signal.send }),
      changeLog: createChangeLog(pool(), signal),
    };
  };
  recordsContract(title, () => subject().records);
  externalIdsContract(title, () => subject().records);
  changeLogContract(title, subject);
  accountStoreContract(title, () => createAccountStore(pool()));
  serviceKeysContract(title, () => ({
    serviceKeys: createServiceKeys(pool()),
    records: createRecords(pool()),
  }));
});
