import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { randomIds } from './adapters/system/ids.ts';
import { newMasterKey } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import { actionsOf, another, entry, faultOf, openTrailUnderTest } from './audit-under-test.contract.ts';
import { createChain } from './domain/audit/chain.ts';
import { followHead } from './domain/audit/follow-head.ts';
import { trimTrail } from './domain/audit/keep-trail.ts';
import { openTrail } from './domain/audit/open-trail.ts';
import { whoSearchedFor } from './domain/audit/read-trail.ts';
import { errors } from './domain/errors.ts';
import type { AuditLog } from './ports/audit-log.ts';
import { useServer } from './server-in-use.contract.ts';

const server = useServer();
let url: string;
beforeAll(async () => {
  url = await server.createDatabase();
}, 60_000);

/** A trail without lines; there is one at a time. */
async function opened(options?: Parameters<typeof openTrailUnderTest>[1]) {
  const trail = await openTrailUnderTest(url, options);
  onTestFinished(() => trail.close());
  return trail;
}

/** A trail of ten lines. */
async function tenLines() {
  const trail = await opened();
  const audit = trail.openNode();
  for (let i = 0; i < 10; i++) {
    await audit.record(entry({ subjects: [randomUUID()], requestId: `request-${i}`, details: { faces: i } }));
  }
  await audit.close();
  expect(faultOf(await trail.verify())).toBe('sound');
  return trail;
}

describe('a trail that was tampered with', () => {
  it.each([
    ['number', 'number + 100', 'line-missing 4'],
    ['at', "at + interval '1 millisecond'", 'line-altered 4'],
    ['account', "account || 'x'", 'line-altered 4'],
    ['actor', "overlay(actor placing 'X' from 1 for 1)", 'line-altered 4'],
    ['action', "overlay(action placing 'X' from 1 for 1)", 'line-altered 4'],
    ['subjects', "array[overlay(subjects[1] placing 'x' from 1 for 1)]", 'line-altered 4'],
    ['outcome', "overlay(outcome placing 'X' from 1 for 1)", 'line-altered 4'],
    ['details', "details || ' '", 'line-altered 4'],
    ['request_id', 'null', 'line-altered 4'],
    ['previous', 'set_byte(previous, 31, get_byte(previous, 31) # 1)', 'line-altered 4'],
    ['hash', 'set_byte(hash, 0, get_byte(hash, 0) # 1)', 'line-altered 4'],
  ])('shows a changed %s, with the number of the line', async (column, value, fault) => {
    const { pool, verify } = await tenLines();
    await pool.query(`update facegate.audit_line set ${column} = ${value} where number = 4`);
    expect(faultOf(await verify())).toBe(fault);
  });

  it('has no column that a change of does not show', async () => {
    const { pool } = await opened();
    const { rows } = await pool.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'facegate' and table_name = 'audit_line' order by ordinal_position`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      ...['number', 'at', 'account', 'actor', 'action', 'subjects', 'outcome', 'details', 'request_id'],
      ...['previous', 'hash'],
    ]);
  });

  it.each([
    ['a dropped line', 'delete from facegate.audit_line where number = 6', 'line-missing 6'],
    ['a dropped first line', 'delete from facegate.audit_line where number = 1', 'line-missing 1'],
    ['a cut tail', 'delete from facegate.audit_line where number > 7', 'line-missing 8'],
    ['everything removed', 'delete from facegate.audit_line', 'line-missing 1'],
    [
      'a line that closes the gap',
      'delete from facegate.audit_line where number = 6; update facegate.audit_line set number = number - 1 where number > 6',
      'line-altered 6',
    ],
    [
      'two lines exchanged',
      `update facegate.audit_line set number = -1 where number = 3;
       update facegate.audit_line set number = 3 where number = 8;
       update facegate.audit_line set number = 8 where number = -1`,
      'line-altered 3',
    ],
    [
      'a line inserted at the end',
      'insert into facegate.audit_line select 11, at, account, actor, action, subjects, outcome, details, request_id, hash, hash from facegate.audit_line where number = 10',
      'line-altered 11',
    ],
    [
      'a line inserted in between',
      `update facegate.audit_line set number = number + 1000 where number > 4;
       update facegate.audit_line set number = number - 999 where number > 1000;
       insert into facegate.audit_line select 5, at, account, actor, action, subjects, outcome, details, request_id, hash, hash from facegate.audit_line where number = 4`,
      'line-altered 5',
    ],
    [
      'a line before the first',
      'insert into facegate.audit_line select 0, at, account, actor, action, subjects, outcome, details, request_id, hash, hash from facegate.audit_line where number = 4',
      'line-unexpected 0',
    ],
    [
      'a head set back without the key',
      `update facegate.audit_trail set head_number = 7, head_hash = (select hash from facegate.audit_line where number = 7);
       delete from facegate.audit_line where number > 7`,
      'head-altered',
    ],
    [
      'a cut without the key',
      `update facegate.audit_trail set cut_number = 3, cut_hash = (select hash from facegate.audit_line where number = 3);
       delete from facegate.audit_line where number <= 3`,
      'cut-altered',
    ],
    ['the whole trail removed', 'delete from facegate.audit_trail', 'no-trail'],
  ])('shows %s', async (_title, sql, fault) => {
    const { pool, verify } = await tenLines();
    await pool.query(sql);
    expect(faultOf(await verify())).toBe(fault);
  });

  it('shows a line that is there twice', async () => {
    const { pool, verify } = await tenLines();
    await pool.query('alter table facegate.audit_line drop constraint audit_line_pkey');
    await pool.query('insert into facegate.audit_line select * from facegate.audit_line where number = 10');
    expect(faultOf(await verify())).toBe('line-unexpected 10');
    await pool.query('truncate facegate.audit_line');
    await pool.query('alter table facegate.audit_line add primary key (number)');
  });

  it('shows a chain that was forged whole: its maker has no key that the master key opens', async () => {
    const { pool, log, verify } = await tenLines();
    const lines = await log.inspect((view) => view.lines(0, 10));
    const forgersRing = [newMasterKey()] as const;
    await pool.query('delete from facegate.audit_line; delete from facegate.audit_trail');
    const forged = await openTrail({ log, keys: createKeys(() => forgersRing), ids: randomIds });
    const entries = lines.map((line) => ({ entry: entry({ actor: 'nobody' }), at: line.at }));
    await log.append((head) => followHead(forged, { head, seen: undefined, entries, now: new Date() }));
    expect(faultOf(await verify())).toBe('foreign-key');
  });

  it('shows a chain forged under another key, with the sealed key left in its place', async () => {
    const { pool, log, keys, verify } = await tenLines();
    const forged = createChain(keys.createDataKey());
    const { hash, ...line } = (await log.inspect((view) => view.lines(4, 1)))[0] ?? expect.fail();
    const altered = { ...line, actor: 'nobody' };
    await pool.query('update facegate.audit_line set actor = $1, hash = $2 where number = 5', [
      altered.actor,
      forged.hashOf(altered),
    ]);
    expect(hash).not.toEqual(forged.hashOf(altered));
    expect(faultOf(await verify())).toBe('line-altered 5');
  });

  it('looks sound when it was set back to its own earlier state, but to who kept an anchor', async () => {
    const { pool, openNode, verify } = await tenLines();
    const kept = await pool.query('select head_number, head_hash, head_seal from facegate.audit_trail');
    const audit = openNode();
    await audit.record(entry());
    const anchored = await verify();
    if (anchored.outcome !== 'sound') throw new Error('not sound');
    await pool.query('delete from facegate.audit_line where number > 10');
    await pool.query(
      'update facegate.audit_trail set head_number = $1, head_hash = $2, head_seal = $3',
      Object.values(kept.rows[0]),
    );
    expect(faultOf(await verify())).toBe('sound');
    expect(faultOf(await verify(anchored.last))).toBe('anchor-missed 11');
    await audit.close();
  });
});

describe('writing the trail', () => {
  it('by two nodes, 1,000 lines at once, makes one unbroken chain of all of them', async () => {
    const { openNode, verify, lines } = await opened();
    const nodes = [openNode(), openNode()];
    const subjects = Array.from({ length: 1000 }, () => randomUUID());
    await Promise.all(subjects.map((id, i) => nodes[i % 2]?.record(entry({ subjects: [id] }))));
    expect(await verify()).toMatchObject({ outcome: 'sound', lineCount: 1000, from: 1 });
    expect((await lines()).flatMap((line) => line.subjects).sort()).toEqual(subjects.sort());
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('has a recorded line on disk when it is resolved, and all notes when it is closed', async () => {
    const { openNode, lines } = await opened();
    const audit = openNode();
    audit.note(entry({ action: 'noted' }));
    await audit.record(entry({ action: 'recorded' }));
    expect(actionsOf(await lines())).toEqual(['noted', 'recorded']);
    for (let i = 0; i < 700; i++) audit.note(entry({ action: 'late' }));
    await audit.close();
    expect(actionsOf(await lines())).toHaveLength(702);
  });

  it('has a note on disk soon, with nobody asking for it', async () => {
    const { openNode, lines } = await opened();
    const audit = openNode();
    audit.note(entry());
    await expect.poll(async () => (await lines()).length, { timeout: 5000 }).toBe(1);
    await audit.close();
  });

  it('keeps what it could not write and writes it when the store is back, and says what was lost', async () => {
    const { log, openNode, verify, lines, told } = await opened({ waitingMax: 5 });
    let isAway = true;
    const failing: AuditLog = {
      ...log,
      append: (follow) =>
        isAway ? Promise.reject(errors.unavailable('the store is away')) : log.append(follow),
    };
    const audit = openNode(failing);
    await expect(audit.record(entry({ action: 'refused' }))).rejects.toMatchObject({ code: 'unavailable' });
    for (let i = 0; i < 9; i++) audit.note(entry({ action: `note ${i}` }));
    await expect(audit.record(entry({ action: 'no room' }))).rejects.toMatchObject({ code: 'unavailable' });
    await delay(500);
    isAway = false;
    await expect.poll(async () => (await lines()).length, { timeout: 5000 }).toBeGreaterThan(5);
    await audit.close();
    expect(actionsOf(await lines()).filter((action) => action !== 'trail.lines-lost')).toEqual([
      'refused',
      ...[0, 1, 2, 3].map((i) => `note ${i}`),
    ]);
    const lost = (await lines()).filter(({ action }) => action === 'trail.lines-lost');
    expect(lost.reduce((sum, { details }) => sum + JSON.parse(details).lines, 0)).toBe(5);
    expect(told.lost.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(told.failures.length).toBeGreaterThan(0);
    expect(faultOf(await verify())).toBe('sound');
  });

  it('says at its end what it could not write', async () => {
    const { log, openNode, told } = await opened();
    const audit = openNode({ ...log, append: () => Promise.reject(errors.unavailable('away')) });
    audit.note(entry());
    await audit.close();
    expect(told.lost).toEqual([1]);
  });

  it('writes nothing behind a head that it did not seal, and makes no forged end a true one', async () => {
    const { pool, openNode, verify } = await tenLines();
    await pool.query('update facegate.audit_trail set head_number = 9');
    const audit = openNode();
    await expect(audit.record(entry())).rejects.toMatchObject({ code: 'internal' });
    await audit.close();
    expect(faultOf(await verify())).toBe('head-altered');
  });

  it('notices, in the log and in the trail, that it was set back while it ran', async () => {
    const { pool, openNode, lines, told } = await opened();
    const audit = openNode();
    await audit.record(entry());
    const kept = await pool.query('select head_number, head_hash, head_seal from facegate.audit_trail');
    await audit.record(entry());
    await pool.query('delete from facegate.audit_line where number > 1');
    const restore = 'update facegate.audit_trail set head_number = $1, head_hash = $2, head_seal = $3';
    await pool.query(restore, Object.values(kept.rows[0]));
    await audit.record(entry({ action: 'next' }));
    await audit.close();
    expect(told.rolledBack).toEqual([[2, 1]]);
    expect(actionsOf(await lines())).toEqual(['face.search', 'trail.rolled-back', 'next']);
  });

  it('tells where the trail ends at the first line and at the end', async () => {
    const { openNode, told } = await opened();
    const audit = openNode();
    for (let i = 0; i < 4; i++) await audit.record(entry());
    await audit.close();
    expect(told.anchors).toEqual([1, 4]);
  });
});

describe('old lines', () => {
  const DAY_MS = 86_400_000;
  const today = Date.now();
  /** A trail whose lines are so many days old. */
  async function aged(days: readonly number[]) {
    let at = 0;
    const trail = await opened({ clock: { now: () => new Date(today - at * DAY_MS) } });
    const audit = trail.openNode();
    const record = (age: number) => {
      at = age;
      return audit.record(entry({ details: { age } }));
    };
    for (const age of days) await record(age);
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    const { log, chain } = trail;
    const trim = () => trimTrail({ log, chain, audit, days: 30, onFailure }, new Date(today));
    return { ...trail, audit, record, trim, failures };
  }

  it('go from the front, and the rest still verifies', async () => {
    const { trim, verify, lines, audit, failures } = await aged([90, 60, 31, 29, 1]);
    await trim();
    await audit.close();
    expect(failures).toEqual([]);
    expect(await verify()).toMatchObject({ outcome: 'sound', from: 4, lineCount: 3 });
    expect((await lines()).at(-1)).toMatchObject({ action: 'trail.cut', details: '{"lines":3}' });
  });

  it('go all of them, by thousands', async () => {
    const { trim, verify, audit, record } = await aged([]);
    await Promise.all(Array.from({ length: 2500 }, () => record(40)));
    await trim();
    await audit.close();
    expect(await verify()).toMatchObject({ outcome: 'sound', lineCount: 1, from: 2501 });
  });

  it('stay when one of them was tampered with: age hides nothing', async () => {
    const { pool, trim, lines, audit, verify, failures } = await aged([90, 60, 31, 1]);
    await pool.query(`update facegate.audit_line set actor = 'nobody' where number = 2`);
    await trim();
    await audit.close();
    expect(failures).toHaveLength(1);
    expect(await lines()).toHaveLength(4);
    expect(faultOf(await verify())).toBe('line-altered 2');
  });
});

describe('asking the trail', () => {
  it('tells who searched for somebody, and nothing of others', async () => {
    const { log, openNode } = await opened();
    const audit = openNode();
    const [her, him] = [randomUUID(), randomUUID()];
    await audit.record(entry({ subjects: [her, him], actor: 'first' }));
    await audit.record(entry({ subjects: [him] }));
    await audit.record(entry({ subjects: [her.toUpperCase()], actor: 'second', account: another }));
    await audit.record(entry({ subjects: [her], action: 'subject.erase' }));
    await audit.close();
    const actors: string[] = [];
    expect(await whoSearchedFor(log, her.toUpperCase(), ({ actor }) => void actors.push(actor))).toBe(2);
    expect(actors).toEqual(['first', 'second']);
  });
});
