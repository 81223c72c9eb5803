import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { changeLogContract } from '../../ports/change-log.contract.ts';
import { recordsContract } from '../../ports/records.contract.ts';
import { createChangeLog } from './change-log.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createRecords } from './records.ts';
import { createWriteSignal } from './write-signal.ts';

const url = process.env['FACEGATE_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:54329/postgres';
let pool: pg.Pool;

beforeAll(async () => {
  const admin = new pg.Client(url);
  await admin.connect();
  const name = `facegate_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`create database ${name}`);
  await admin.end();
  pool = new pg.Pool({ connectionString: url.replace(/\/[^/]*$/, `/${name}`), max: 20 });
  await pool.query('create schema facegate');
  for (const { sql } of MIGRATIONS) await pool.query(sql);
});

afterAll(() => pool.end());

const open = () => {
  const signal = createWriteSignal(pool);
  return {
    records: createRecords(pool, { onCommit: signal.send }),
    changeLog: createChangeLog(pool, signal),
  };
};

recordsContract('PostgreSQL', () => open().records);
changeLogContract('PostgreSQL', open);
