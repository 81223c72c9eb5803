import type { Subject } from '../../domain/enrolment/records.ts';
import type { Records, SubjectField, SubjectKey } from '../../ports/records.ts';
import { pageOf, single } from './read-page.ts';
import { SUBJECT_BY_EXTERNAL_ID, SUBJECT_COLUMNS, type SubjectRow, subjectOf } from './rows.ts';
import type { Session } from './session.ts';

type Reading = Pick<
  Records,
  'subject' | 'subjectByExternalId' | 'subjectKey' | 'subjectsOfGroup' | 'subjectNumbers'
>;

const FIELDS: Readonly<Record<SubjectField, string>> = { name: 'name', externalId: 'external_id' };

export const createSubjectReading = (session: Session): Reading => ({
  subject: (account, id) =>
    single(session, {
      text: `select ${SUBJECT_COLUMNS} from facegate.subject s where s.account = $1 and s.id = $2`,
      account,
      id,
      make: subjectOf,
    }),

  subjectByExternalId: async (account, externalId) => {
    const { rows } = await session.query<SubjectRow>(
      `select ${SUBJECT_COLUMNS} from (${SUBJECT_BY_EXTERNAL_ID}) s`,
      [account, externalId],
    );
    return rows[0] && subjectOf(rows[0]);
  },

  subjectKey: (account, id) =>
    single<{ number: string; sealed_data_key: Buffer }, SubjectKey>(session, {
      text: 'select number, sealed_data_key from facegate.subject where account = $1 and id = $2',
      account,
      id,
      make: (row) => ({ subjectNumber: Number(row.number), sealedDataKey: row.sealed_data_key }),
    }),

  subjectsOfGroup: (account, groupId, page) =>
    pageOf<SubjectRow, Subject>(session, {
      columns: SUBJECT_COLUMNS,
      from: `from facegate.subject s
             join facegate.membership m on m.subject_number = s.number
             join facegate.subject_group g on g.number = m.group_number
             where s.account = $1 and g.account = $1 and g.id = $2`,
      order: 's.id',
      values: [account, groupId],
      page,
      make: subjectOf,
    }),

  subjectNumbers: async (account, field, values) => {
    const { rows } = await session.query<{ number: string }>(
      `select number from facegate.subject where account = $1 and ${FIELDS[field]} = any ($2::text[])`,
      [account, values],
    );
    return rows.map(({ number }) => Number(number));
  },
});
