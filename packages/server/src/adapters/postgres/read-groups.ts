import type { Group } from '../../domain/enrolment/records.ts';
import type { Records } from '../../ports/records.ts';
import { pageOf, single } from './read-page.ts';
import { GROUP_COLUMNS, type GroupRow, groupOf } from './rows.ts';
import { isUuid, type Session } from './session.ts';

type Reading = Pick<Records, 'group' | 'groups' | 'groupsOfSubject' | 'groupNumbers'>;

export const createGroupReading = (session: Session): Reading => ({
  group: (account, id) =>
    single(session, {
      text: `select ${GROUP_COLUMNS} from facegate.subject_group g where g.account = $1 and g.id = $2`,
      account,
      id,
      make: groupOf,
    }),

  groups: (account, page) =>
    pageOf<GroupRow, Group>(session, {
      columns: GROUP_COLUMNS,
      from: 'from facegate.subject_group g where g.account = $1',
      order: 'g.id',
      values: [account],
      page,
      make: groupOf,
    }),

  groupsOfSubject: (account, subjectId, page) =>
    pageOf<GroupRow, Group>(session, {
      columns: GROUP_COLUMNS,
      from: `from facegate.subject_group g
             join facegate.membership m on m.group_number = g.number
             join facegate.subject s on s.number = m.subject_number
             where g.account = $1 and s.account = $1 and s.id = $2`,
      order: 'g.id',
      values: [account, subjectId],
      page,
      make: groupOf,
    }),

  groupNumbers: async (account, ids) => {
    const { rows } = await session.query<{ number: string }>(
      'select number from facegate.subject_group where account = $1 and id = any ($2::uuid[])',
      [account, ids.filter(isUuid)],
    );
    return rows.map(({ number }) => Number(number));
  },
});
