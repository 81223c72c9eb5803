import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmbeddedPostgres } from './adapters/embedded-postgres/open-embedded-postgres.ts';
import { openKeyRing } from './adapters/system/key-ring.ts';
import { composeAccounts } from './compose-accounts.ts';
import type { Environment } from './config/load.ts';
import { runAccounts } from './run-accounts.ts';
import { useServer } from './server-in-use.contract.ts';

const server = useServer();

const newDataFolder = async () => {
  const data = await mkdtemp(join(tmpdir(), 'facegate-accounts-'));
  // Else a database that root runs would be put elsewhere, and stay there.
  await chmod(data, 0o711);
  await openKeyRing(join(data, 'keys', 'master.key'));
  return data;
};

const newStore = async (): Promise<Environment> => ({
  DATABASE_URL: await server.createDatabase(),
  FACEGATE_DATA: await newDataFolder(),
});

async function run(env: Environment, command: object | string, ...format: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runAccounts({
    args: [typeof command === 'string' ? command : JSON.stringify(command), ...format],
    env: { FACEGATE_LOG_LEVEL: 'silent', ...env },
    print: (text) => void printed.push(text),
    complain: (text) => void complaints.push(text),
    compose: composeAccounts,
  });
  return { exitCode, printed: printed.join(''), complaint: complaints.join('') };
}

const json = async (env: Environment, command: object) => {
  const { exitCode, printed } = await run(env, command, '--json');
  return { exitCode, answer: JSON.parse(printed) };
};

const ANY = expect.stringMatching(/^[0-9A-Za-z]+$/);
const CREDENTIALS = {
  facia: { client_id: ANY, client_secret: ANY },
  verihubs: { app_id: ANY, api_key: ANY },
  advance: { access_key: ANY, secret_key: ANY },
  native: { api_key: expect.stringMatching(/^fg_/) },
};

describe('managing accounts', () => {
  it('makes one and tells its credentials, under the names of their vendors', async () => {
    const env = await newStore();
    expect(await json(env, { action: 'create', name: 'shop' })).toEqual({
      exitCode: 0,
      answer: { account: 'shop', ...CREDENTIALS },
    });
    const { printed } = await run(env, { action: 'create', name: 'bank' });
    expect(printed).toMatch(/^Credentials of bank, shown only this once:\n/);
    expect(printed).toMatch(/ facia +client_secret +[0-9A-Za-z]{43}\n/);
  });

  it('lists them without anything secret', async () => {
    const env = await newStore();
    const { answer: made } = await json(env, { action: 'create', name: 'shop' });
    const listed = await run(env, { action: 'list' }, '--json');
    expect(JSON.parse(listed.printed)).toMatchObject([
      { account: 'shop', state: 'active', mode: 'live', credentials: { length: 4 } },
    ]);
    const text = await run(env, { action: 'list' });
    expect(text.printed).toContain(made.facia.client_id);
    for (const { printed } of [listed, text]) {
      for (const secret of [made.facia.client_secret, made.native.api_key, made.verihubs.api_key]) {
        expect(printed).not.toContain(secret);
      }
      expect(printed).not.toMatch(/hash|sealed/i);
    }
    expect((await run(await newStore(), { action: 'list' })).printed).toBe('There is no account yet.\n');
  });

  it('issues new credentials for the doors named, and shows how long the earlier ones hold', async () => {
    const env = await newStore();
    await run(env, { action: 'create', name: 'shop' });
    const rotation = { action: 'rotate', name: 'shop', doors: ['facia'], overlapSeconds: 60 };
    expect((await json(env, rotation)).answer).toEqual({ account: 'shop', facia: CREDENTIALS.facia });
    expect((await run(env, { action: 'list' })).printed).toMatch(/facia .*, until \d{4}-/);
    const limited = {
      action: 'rotate',
      name: 'shop',
      doors: ['native'],
      scopes: ['verify'],
      overlapSeconds: 0,
    };
    await run(env, limited);
    expect((await run(env, { action: 'list' })).printed).toMatch(/native +\w+ {2}verify\n/);
  });

  it('disables and enables them, and sets their limits and mode', async () => {
    const env = await newStore();
    await run(env, { action: 'create', name: 'shop' });
    expect((await json(env, { action: 'disable', name: 'shop' })).answer).toEqual({
      account: 'shop',
      state: 'disabled',
    });
    expect((await run(env, { action: 'list' })).printed).toContain('shop: disabled, live');
    expect((await run(env, { action: 'enable', name: 'shop' })).printed).toBe('shop is active.\n');
    const limits = { mode: 'testing', requestsPerMinute: { facia: 5 }, quotas: { verify: 100 } };
    expect((await json(env, { action: 'limits', name: 'shop', ...limits })).answer).toEqual({
      account: 'shop',
      ...limits,
    });
    const { printed } = await run(env, { action: 'limits', name: 'shop', quotas: { verify: null } });
    expect(printed).toBe('shop is in testing mode.\n  facia: 5 requests per minute\n');
  });
});

describe('callbacks', () => {
  const of = (rest: object) => ({ action: 'callback', name: 'shop', door: 'facia', ...rest });
  const url = 'https://hooks.example/a';

  it('are set, changed, shown and ended', async () => {
    const env = await newStore();
    await run(env, { action: 'create', name: 'shop' });
    for (const to of [`${url}/b`, url]) {
      expect((await json(env, of({ url: to }))).answer).toEqual({ account: 'shop', door: 'facia', url: to });
    }
    expect((await json(env, of({}))).answer).toEqual({
      account: 'shop',
      door: 'facia',
      url,
      waiting: 0,
      givenUp: [],
    });
    expect((await run(env, { action: 'list' })).printed).toContain(`facia     calls back at ${url}\n`);
    expect((await json(env, { action: 'list' })).answer).toMatchObject([
      { callbacks: [{ door: 'facia', url }] },
    ]);
    expect((await run(env, of({ off: true }))).printed).toBe('shop is not called back at facia.\n');
    expect((await json(env, of({}))).answer).toMatchObject({ error: { code: 'not-found' } });
    expect((await json(env, { action: 'list' })).answer).toMatchObject([{ callbacks: [] }]);
  });

  it('lead into private networks only where the settings say so', async () => {
    const env = await newStore();
    await run(env, { action: 'create', name: 'shop' });
    const inside = of({ url: 'http://127.0.0.1:8080/' });
    expect((await json(env, inside)).answer).toMatchObject({ error: { code: 'invalid-request' } });
    const open = { ...env, FACEGATE_CALLBACK_HOSTS: '127.0.0.1:8080' };
    expect((await json(open, inside)).exitCode).toBe(0);
    const wrong = await run({ ...env, FACEGATE_CALLBACK_HOSTS: '1.2.3.4.5' }, inside);
    expect([wrong.exitCode, wrong.complaint]).toEqual([
      78,
      expect.stringContaining('FACEGATE_CALLBACK_HOSTS'),
    ]);
  });
});

describe('says what is wrong, and ends with 1', () => {
  it.each([
    ['an account that is not there', { action: 'rotate', name: 'nobody' }, 'not-found'],
    ['a name that cannot be', { action: 'create', name: 'a b' }, 'invalid-request'],
    ['a limit below 0', { action: 'limits', name: 'shop', quotas: { verify: -1 } }, 'invalid-request'],
    ['a door that is not there', { action: 'rotate', name: 'shop', doors: ['back'] }, 'internal'],
    ['something else than a command', { action: 'drop' }, 'internal'],
  ])('for %s', async (_case, command, code) => {
    const env = await newStore();
    await run(env, { action: 'create', name: 'shop' });
    const { exitCode, answer } = await json(env, command);
    expect([exitCode, answer]).toEqual([1, { error: { code, message: expect.any(String) } }]);
    const { printed, complaint } = await run(env, command);
    expect([printed, complaint]).toEqual(['', `facegate: ${answer.error.message}\n`]);
  });

  it("for a data folder that was never a server's, and makes nothing there", async () => {
    const data = await mkdtemp(join(tmpdir(), 'facegate-accounts-'));
    const { exitCode, complaint } = await run({ FACEGATE_DATA: data }, { action: 'list' });
    expect(exitCode).toBe(1);
    expect(complaint).toContain('There is no master key');
  });

  it('with 78 for wrong settings', async () => {
    const { exitCode, complaint } = await run({ FACEGATE_PORT: 'x' }, { action: 'list' });
    expect(exitCode).toBe(78);
    expect(complaint).toContain('FACEGATE_PORT');
  });
});

describe('with the database that comes along', () => {
  it("works whether a server holds it or not, and leaves a server's running", async () => {
    const data = await newDataFolder();
    const env = { FACEGATE_DATA: data };
    expect((await run(env, { action: 'create', name: 'before' })).exitCode).toBe(0);
    const held = await openEmbeddedPostgres({ folder: join(data, 'postgres'), say: () => undefined });
    let closed: Promise<void> | undefined;
    const close = () => (closed ??= held.close());
    onTestFinished(close);
    expect((await run(env, { action: 'create', name: 'meanwhile' })).exitCode).toBe(0);
    const many = await Promise.all(
      [1, 2, 3].map((n) => run(env, { action: 'create', name: `at-once-${n}` })),
    );
    expect(many.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    await close();
    const { answer } = await json(env, { action: 'list' });
    expect(answer).toHaveLength(5);
  }, 120_000);
});
