import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type { NewGroup, RecordsTransaction } from '../../ports/records.ts';
import { logGroup, logMembership } from './log-changes.ts';
import { GROUP_COLUMNS, type GroupRow, groupOf } from './rows.ts';
import { isUuid, onlyRow, type Session } from './session.ts';

type Writing = Pick<
  RecordsTransaction,
  'insertGroup' | 'updateGroup' | 'removeGroup' | 'ensureGroup' | 'changeMembers'
>;

export const createGroupWriting = (session: Session): Writing => ({
  insertGroup: (account, group) => insertGroup(session, account, group),

  updateGroup: async (account, id, { name, metadata }) => {
    if (!isUuid(id)) return false;
    const { rowCount } = await session.query(
      'update facegate.subject_group set name = $3, metadata = $4 where account = $1 and id = $2',
      [account, id, name, JSON.stringify(metadata)],
    );
    return rowCount === 1;
  },

  removeGroup: async (account, id) => {
    if (!isUuid(id)) return false;
    const { rows } = await session.query<{ number: string }>(
      'delete from facegate.subject_group where account = $1 and id = $2 returning number',
      [account, id],
    );
    if (rows[0] === undefined) return false;
    await logGroup(session, rows[0].number);
    return true;
  },

  ensureGroup: async (account, group) => {
    const found = await groupOfName(session, account, group.name);
    if (found !== undefined) return found;
    // Whoever else found none waits here for the one who makes it.
    await session.query(`select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 1))`, [
      account,
      group.name,
    ]);
    return (await groupOfName(session, account, group.name)) ?? insertGroup(session, account, group);
  },

  changeMembers: async (account, groupId, { add, remove }) => {
    const group = await lockGroup(session, account, groupId);
    await removeMembers(session, { account, group, ids: remove });
    await addMembers(session, { account, group, ids: add });
  },
});

/** The oldest, should there be several. */
async function groupOfName(session: Session, account: AccountId, name: string) {
  const { rows } = await session.query<GroupRow>(
    `select ${GROUP_COLUMNS} from facegate.subject_group g
     where g.account = $1 and g.name = $2 order by g.id limit 1`,
    [account, name],
  );
  return rows[0] && groupOf(rows[0]);
}

async function insertGroup(session: Session, account: AccountId, { id, name, metadata }: NewGroup) {
  const { rows } = await session.query<GroupRow>(
    `insert into facegate.subject_group as g (id, account, name, metadata) values ($1, $2, $3, $4)
     returning ${GROUP_COLUMNS}`,
    [id, account, name, JSON.stringify(metadata)],
  );
  return groupOf(onlyRow(rows));
}

async function lockGroup(session: Session, account: AccountId, id: string): Promise<string> {
  if (!isUuid(id)) throw errors.notFound('group');
  const { rows } = await session.query<{ number: string }>(
    'select number from facegate.subject_group where account = $1 and id = $2 for key share',
    [account, id],
  );
  if (rows[0] === undefined) throw errors.notFound('group');
  return rows[0].number;
}

interface Members {
  readonly account: AccountId;
  /** Number of the group. */
  readonly group: string;
  readonly ids: readonly string[];
}

async function removeMembers(session: Session, { account, group, ids }: Members): Promise<void> {
  const { rows } = await session.query<{ group_number: string; subject_number: string }>(
    `delete from facegate.membership m using facegate.subject s
     where m.group_number = $1 and m.subject_number = s.number and s.account = $2 and s.id = any ($3::uuid[])
     returning m.group_number, m.subject_number`,
    [group, account, ids.filter(isUuid)],
  );
  await logMembership(session, rows);
}

async function addMembers(session: Session, { account, group, ids }: Members): Promise<void> {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  if (wanted.size === 0) return;
  if (![...wanted].every(isUuid)) throw errors.notFound('person');
  const found = await session.query<{ number: string }>(
    `select number from facegate.subject where account = $1 and id = any ($2::uuid[])
     order by number for key share`,
    [account, [...wanted]],
  );
  if (found.rows.length < wanted.size) throw errors.notFound('person');
  const { rows } = await session.query<{ group_number: string; subject_number: string }>(
    `insert into facegate.membership (group_number, subject_number)
     select $1::bigint, * from unnest($2::bigint[]) on conflict do nothing
     returning group_number, subject_number`,
    [group, found.rows.map(({ number }) => number)],
  );
  await logMembership(session, rows);
}
