import type { AccountId } from '../../domain/enrolment/records.ts';
import type { Records, RecordsTransaction } from '../../ports/records.ts';
import type { Session } from './session.ts';

type Reading = Pick<Records, 'sealedDataKeys' | 'retiredMasterKeys'>;
type Writing = Pick<RecordsTransaction, 'replaceSealedDataKeys' | 'retireMasterKeys'>;

interface Row {
  readonly number: string;
  readonly account: AccountId;
  readonly id: string;
  readonly sealed_data_key: Buffer;
}

export const createDataKeyReading = (session: Session): Reading => ({
  // Along the primary key, so that each page costs the same however large the store is.
  sealedDataKeys: async (after, limit) => {
    const { rows } = await session.query<Row>(
      'select number, account, id, sealed_data_key from facegate.subject where number > $1 order by number limit $2',
      [after, limit],
    );
    return rows.map(({ number, account, id, sealed_data_key }) => ({
      subjectNumber: Number(number),
      account,
      subjectId: id,
      sealedDataKey: sealed_data_key,
    }));
  },

  retiredMasterKeys: async () => {
    const { rows } = await session.query<{ id: Buffer }>('select id from facegate.retired_master_key');
    return rows.map(({ id }) => id);
  },
});

export const createDataKeyWriting = (session: Session): Writing => ({
  replaceSealedDataKeys: async (changes) => {
    const { rowCount } = await session.query(
      `update facegate.subject set sealed_data_key = change.after
       from unnest($1::bigint[], $2::bytea[], $3::bytea[]) as change (number, before, after)
       where subject.number = change.number and subject.sealed_data_key = change.before`,
      [
        changes.map(({ subjectNumber }) => subjectNumber),
        changes.map(({ before }) => before),
        changes.map(({ after }) => after),
      ],
    );
    return rowCount ?? 0;
  },

  retireMasterKeys: async (ids) => {
    // Waits for whoever is writing keys; a statement that had to wait for this one sees what it wrote.
    await session.query(
      'lock table facegate.subject, facegate.service_key, facegate.media_case in share mode',
    );
    await session.query(
      'insert into facegate.retired_master_key (id) select * from unnest($1::bytea[]) on conflict do nothing',
      [ids],
    );
  },
});
