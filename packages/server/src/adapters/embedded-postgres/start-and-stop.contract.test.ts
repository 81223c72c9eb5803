import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  afterwards,
  ask,
  HANG_MS,
  open,
  postmasterPid,
  processesIn,
  temporaryFolder,
} from './server-under-test.contract.ts';

it(
  'makes a database at the first start, says so, and keeps what is written over a stop',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const first = await open(folder);
    expect(first.said).toEqual([expect.stringMatching(/^creating the database/)]);
    await ask(first.connection, 'create table kept (x int); insert into kept values (42)');
    await first.close();

    const second = await open(folder);
    expect(second.said).toEqual([]);
    expect(second.connection).toEqual(first.connection);
    expect(await ask(second.connection, 'select x from kept')).toEqual([{ x: 42 }]);
  },
  HANG_MS,
);

it(
  'leaves no process behind after a close, even with clients connected',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const server = await open(folder);
    const waiting = ask(server.connection, 'select pg_sleep(100)');
    const cutOff = expect(waiting).rejects.toThrow();
    await expect
      .poll(() => ask(server.connection, `select 1 from pg_stat_activity where query like '%sleep(100)'`))
      .toHaveLength(1);
    expect(processesIn(folder).length).toBeGreaterThan(1);
    await server.close();
    await cutOff;
    expect(processesIn(folder)).toEqual([]);
    expect(() => postmasterPid(folder)).toThrow('ENOENT');
  },
  HANG_MS,
);

it(
  'writes to disk before it acknowledges, checks what it reads, and compares texts by code point',
  async () => {
    const { connection } = await open(join(temporaryFolder(), 'postgres'));
    const settings = await ask(
      connection,
      `select name, setting from pg_settings where name in
       ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'listen_addresses')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      listen_addresses: '',
    });
    expect(await ask(connection, `select 'a' < 'B' as dictionary, upper('é') as upper`)).toEqual([
      { dictionary: false, upper: 'É' },
    ]);
  },
  HANG_MS,
);

it(
  'keeps others out: by permissions and by a password',
  async () => {
    const folder = join(temporaryFolder(), 'postgres');
    const { connection } = await open(folder);
    const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777;
    expect(['data', 'socket', 'password', 'server.log'].map(modeOf)).toEqual([0o700, 0o700, 0o600, 0o600]);
    await expect(ask({ ...connection, password: 'guessed' }, 'select 1')).rejects.toThrow(/password/);
    expect(connection.password).toMatch(/^.{43}$/);
  },
  HANG_MS,
);

it(
  'puts its socket elsewhere where the path is longer than a socket can have, and finds it there again',
  async () => {
    const folder = join(temporaryFolder(), 'deep'.repeat(30), 'postgres');
    const first = await open(folder);
    afterwards(() => rmSync(first.connection.host, { recursive: true }));
    afterwards(() => first.close());
    expect(Buffer.byteLength(first.connection.host)).toBeLessThan(90);
    expect(first.connection.host.startsWith(folder)).toBe(false);
    expect(statSync(first.connection.host).mode & 0o777).toBe(0o700);
    expect(await ask(first.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await first.close();
    expect((await open(folder)).connection.host).toBe(first.connection.host);
  },
  HANG_MS,
);
