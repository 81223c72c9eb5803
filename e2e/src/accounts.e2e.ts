import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { accountsCommand } from './facegate-command.ts';
import { createDataFolder } from './own-data-folder.ts';
import { startServer } from './server-process.ts';

const ENDED_AT_ONCE = ['--overlap-seconds', '0'];

/** A data folder of its own, and the command line on it. */
function createPlace() {
  const data = createDataFolder();
  onTestFinished(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  return { data, accounts: accountsCommand({ FACEGATE_DATA: data }) };
}

test('credentials are told once; keys made while the server runs open it, and those rotated out do not', async () => {
  const { data, accounts } = createPlace();
  const settings = { FACEGATE_DATA: data, FACEGATE_REGULA_ACCESS: 'key' };
  const first = await startServer(settings);
  onTestFinished(() => first.stop().then(() => undefined));
  await expect.poll(first.said).toContain('Ctrl-C stops the server.');
  const told = /fg_[0-9A-Za-z]{20}_[0-9A-Za-z]{43}/.exec(first.said())?.[0] ?? '';

  const statusOf = async (key: string) =>
    (await fetch(`${first.url}/api/groups`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await statusOf(told), await statusOf('fg_another')]).toEqual([200, 401]);

  const shop = await accounts('create', 'shop');
  expect(shop).toEqual({
    account: 'shop',
    native: { api_key: expect.any(String) },
    facia: { client_id: expect.any(String), client_secret: expect.any(String) },
    verihubs: { app_id: expect.any(String), api_key: expect.any(String) },
    advance: { access_key: expect.any(String), secret_key: expect.any(String) },
  });
  expect(await statusOf(shop.native.api_key)).toBe(200);
  const { native } = await accounts('rotate', 'shop', '--door', 'native', ...ENDED_AT_ONCE);
  expect([await statusOf(shop.native.api_key), await statusOf(native.api_key)]).toEqual([401, 200]);
  await accounts('disable', 'shop');
  expect(await statusOf(native.api_key)).toBe(401);
  expect(await first.stop()).toBe(0);
  for (const secret of [shop.native.api_key, native.api_key]) expect(first.said()).not.toContain(secret);

  const second = await startServer(settings);
  onTestFinished(() => second.stop().then(() => undefined));
  await expect.poll(second.said).toContain('Ctrl-C stops the server.');
  expect(second.said()).not.toContain('fg_');
  expect(await second.stop()).toBe(0);
  expect((await accounts('list')).map(({ account }: { account: string }) => account)).toEqual([
    'default',
    'shop',
  ]);
});
