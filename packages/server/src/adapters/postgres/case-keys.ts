import type { CaseRecords } from '../../ports/case-records.ts';
import type { CaseRow } from './case-rows.ts';
import type { Session } from './session.ts';

type CaseKeys = Pick<CaseRecords, 'sealedKeys' | 'replaceSealedKeys'>;

/** What a rotation of the master key does to cases. */
export const createCaseKeys = (session: Session): CaseKeys => ({
  // Along the primary key, so that each page costs the same however many cases there are.
  sealedKeys: async (after, limit) => {
    const { rows } = await session.query<CaseRow & { number: string }>(
      `select number, space, reference, sealed_data_key from facegate.media_case
       where number > $1 and state <> 'deleted' order by number limit $2`,
      [after, limit],
    );
    return rows.map(({ number, space, reference, sealed_data_key }) => ({
      caseNumber: Number(number),
      space,
      reference,
      sealedDataKey: sealed_data_key,
    }));
  },

  replaceSealedKeys: async (changes) => {
    const { rowCount } = await session.query(
      `update facegate.media_case c set sealed_data_key = change.after
       from unnest($1::bigint[], $2::bytea[], $3::bytea[]) as change (number, before, after)
       where c.number = change.number and c.sealed_data_key = change.before`,
      [
        changes.map(({ caseNumber }) => caseNumber),
        changes.map(({ before }) => before),
        changes.map(({ after }) => after),
      ],
    );
    return rowCount ?? 0;
  },
});
