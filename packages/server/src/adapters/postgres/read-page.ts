import type { QueryResultRow } from 'pg';
import type { AccountId, Page, PageRequest } from '../../domain/enrolment/records.ts';
import { isUuid, type Session } from './session.ts';

interface SingleQuery<Row, Item> {
  /** With the account as $1 and the id as $2. */
  readonly text: string;
  readonly account: AccountId;
  readonly id: string;
  readonly make: (row: Row) => Item;
}

/** The item of an id, undefined when there is none. */
export async function single<Row extends QueryResultRow, Item>(
  session: Session,
  { text, account, id, make }: SingleQuery<Row, Item>,
): Promise<Item | undefined> {
  if (!isUuid(id)) return undefined;
  const { rows } = await session.query<Row>(text, [account, id]);
  return rows[0] && make(rows[0]);
}

interface PageQuery<Row, Item> {
  readonly columns: string;
  readonly from: string;
  readonly order: string;
  /** The account, and the id of what is listed if there is one. */
  readonly values: readonly [AccountId, ...string[]];
  readonly page: PageRequest;
  readonly make: (row: Row) => Item;
}

/** One page and, in the same statement, the number of all: of one moment. */
export async function pageOf<Row extends QueryResultRow, Item>(
  session: Session,
  { columns, from, order, values, page, make }: PageQuery<Row, Item>,
): Promise<Page<Item>> {
  const [, ...ids] = values;
  if (!ids.every(isUuid)) return { items: [], number: page.number, total: 1 };
  const next = values.length + 1;
  const { rows } = await session.query<{ count: string; is_item: true | null } & Row>(
    `with counted as (select count(*) as count ${from}),
          listed as (select true as is_item, ${columns} ${from} order by ${order} desc limit $${next} offset $${next + 1})
     select counted.count, listed.* from counted left join listed on true`,
    [...values, page.size, (page.number - 1) * page.size],
  );
  const count = Number(rows[0]?.count ?? 0);
  // Where the page is empty the join still gives the count.
  const items = rows.filter((row) => row.is_item).map(make);
  return { items, number: page.number, total: Math.max(1, Math.ceil(count / page.size)) };
}
