import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { accountsCommand } from './facegate-command.ts';
import { faciaCalls } from './facia-calls.ts';
import { createDataFolder } from './own-data-folder.ts';
import { facePicture } from './photographs.ts';
import { startReceiver } from './receiver.ts';
import { type RunningServer, startServer } from './server-process.ts';

test('a client is called back when a transaction begins and when it is decided, even if the server is killed in between', async () => {
  const receiver = await startReceiver();
  const data = createDataFolder();
  onTestFinished(async () => {
    await receiver.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  });
  const settings = {
    FACEGATE_DATA: data,
    FACEGATE_WORKERS: '1',
    FACEGATE_CALLBACK_HOSTS: receiver.authority,
  };
  const start = async (rest: Readonly<Record<string, string>> = {}) => {
    const server = await startServer({ ...settings, ...rest });
    onTestFinished(() => server.stop().then(() => undefined));
    return server;
  };
  // It examines nothing, so that the other one need not wait for its lease.
  const killed = await start({ FACEGATE_CASES_AT_ONCE: '0' });
  const accounts = accountsCommand(settings);
  const { client_secret: clientSecret } = (await accounts('create', 'shop')).facia;
  await accounts('callback', 'shop', '--door', 'facia', '--url', receiver.url);

  const photo = await facePicture();
  const submit = async (server: RunningServer): Promise<string> => {
    const { data: created } = (await faciaCalls(server, clientSecret).submit(photo)) ?? {};
    return (created as { reference_id: string }).reference_id;
  };
  const told = (reference: string) =>
    receiver
      .told(clientSecret)
      .filter(({ reference_id }) => reference_id === reference)
      .toSorted((a, b) => b.event.localeCompare(a.event));
  const both = [
    { event: 'request.initiated', type: 'deepfake', client_reference: null, status: null },
    {
      event: expect.stringMatching(/^liveness\.(accepted|rejected)$/),
      type: 'deepfake',
      client_reference: null,
    },
  ];

  const orphan = await submit(killed);
  killed.signal('SIGKILL');
  await killed.ended;
  const server = await start();
  // What the dead server was sending is sent again when its lease is over, after half a minute.
  await expect.poll(() => told(orphan), { timeout: 60_000 }).toMatchObject(both);
  const reference = await submit(server);
  await expect.poll(() => told(reference), { timeout: 60_000 }).toMatchObject(both);
  for (const said of [killed.said(), server.said()]) {
    expect(said).not.toContain(clientSecret);
    expect(said).not.toContain('/hook');
  }
}, 240_000);
