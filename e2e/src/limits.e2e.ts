import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { accountsCommand } from './facegate-command.ts';
import { createDatabase, operatorsUrl } from './operators-database.ts';
import { createDataFolder } from './own-data-folder.ts';
import { portraitOf } from './photographs.ts';
import { type RunningServer, startServer } from './server-process.ts';
import { base64, type VerihubsReply, verihubsCalls } from './verihubs-calls.ts';

const remove = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

const LIMIT = 60;
const CLIENTS = 20;
const noDatabase = operatorsUrl === undefined ? ' (FACEGATE_TEST_DATABASE_URL names no PostgreSQL)' : '';

test.skipIf(noDatabase !== '')(
  `of 20 clients of two servers on one database exactly 60 requests a minute are answered${noDatabase}`,
  async () => {
    const data = createDataFolder();
    onTestFinished(() => remove(data));
    const settings = { FACEGATE_DATA: data, DATABASE_URL: await createDatabase(operatorsUrl ?? '') };
    const servers: RunningServer[] = [];
    onTestFinished(async () => {
      await Promise.all(servers.map((server) => server.stop()));
    });
    for (let i = 0; i < 2; i++) servers.push(await startServer(settings));
    const accounts = accountsCommand(settings);
    const { verihubs } = await accounts('create', 'busy');
    const calm = await accounts('create', 'calm');
    await accounts('limits', 'busy', '--requests-per-minute', `verihubs=${LIMIT}`);

    const clients = Array.from({ length: CLIENTS }, async (_, i) => {
      const ask = verihubsCalls(servers[i % 2] as RunningServer, verihubs);
      const replies: VerihubsReply[] = [];
      for (let n = 0; n < 5; n++) replies.push(await ask('verify', {}));
      return replies;
    });
    const replies = (await Promise.all(clients)).flat();
    const answered = replies.filter(({ status }) => status === 400);
    const refused = replies.filter(({ status }) => status === 429);
    expect([answered.length, refused.length]).toEqual([LIMIT, CLIENTS * 5 - LIMIT]);

    const left = answered.map(({ headers }) => Number(headers.get('x-ratelimit-remaining')));
    expect(left.toSorted((a, b) => a - b)).toEqual(Array.from({ length: LIMIT }, (_, i) => i));
    const now = Date.now() / 1000;
    for (const { headers, body } of refused) {
      expect(body.error_code).toBe('TOO_MANY_REQUESTS');
      expect(headers.get('x-ratelimit-limit')).toBe(String(LIMIT));
      expect(headers.get('x-ratelimit-remaining')).toBe('0');
      expect(Number(headers.get('retry-after'))).toSatisfy((seconds) => seconds > 0 && seconds <= 60);
      expect(Number(headers.get('x-ratelimit-reset')) - now).toSatisfy((s) => s > 0 && s <= 62);
    }
    const renewed = await accounts('rotate', 'busy', '--door', 'verihubs');
    for (const server of servers) {
      expect((await verihubsCalls(server, renewed.verihubs)('verify', {})).status).toBe(429);
      expect((await verihubsCalls(server, calm.verihubs)('verify', {})).status).toBe(400);
    }
  },
);

describe('one server', () => {
  const data = createDataFolder();
  const accounts = accountsCommand({ FACEGATE_DATA: data });
  let server: RunningServer;
  let her: string;
  let herAgain: string;
  let him: string;

  beforeAll(async () => {
    her = base64(await portraitOf('her in picture 1'));
    herAgain = base64(await portraitOf('her in picture 3'));
    him = base64(await portraitOf('somebody in picture 6'));
    server = await startServer({ FACEGATE_DATA: data });
  });
  afterAll(async () => {
    await server.stop();
    remove(data);
  });

  test('makes whoever failed five times as one subject wait half a minute, and nobody else', async () => {
    const ask = verihubsCalls(server, (await accounts('create', 'guessed')).verihubs);
    await ask('enroll', { subject_id: 'her', image: her });
    await ask('enroll', { subject_id: 'him', image: him });
    for (let i = 0; i < 5; i++) {
      expect((await ask('verify', { subject_id: 'her', image: him })).body.error_code).toBe('FAIL_ON_16');
    }
    for (const image of [him, herAgain]) {
      const { status, headers, body } = await ask('verify', { subject_id: 'her', image });
      expect([status, body.error_code]).toEqual([429, 'TOO_MANY_REQUESTS']);
      expect(Number(headers.get('retry-after'))).toSatisfy((seconds) => seconds >= 29 && seconds <= 30);
      expect(body).not.toHaveProperty('similarity_score');
    }
    expect((await ask('verify', { subject_id: 'him', image: him })).body.similarity_status).toBe(true);
    expect((await ask('search', { image: herAgain })).body.matches).toMatchObject([{ subject_id: 'her' }]);
  });

  test('counts quotas in testing mode alone', async () => {
    const ask = verihubsCalls(server, (await accounts('create', 'trial')).verihubs);
    await accounts('limits', 'trial', '--mode', 'testing', '--quota', 'verify=1', '--quota', 'liveness=1');
    await ask('enroll', { subject_id: 'her', image: her });
    const verify = { subject_id: 'her', image: herAgain };
    expect((await ask('verify', verify)).status).toBe(200);
    expect(await ask('verify', verify)).toMatchObject({
      status: 403,
      body: { error_code: 'INSUFFICIENT_QUOTA_VERIFY' },
    });
    expect((await ask('liveness', { image: her })).status).toBe(200);
    expect(await ask('liveness', { image: her })).toMatchObject({
      status: 403,
      body: { error_code: 'INSUFFICIENT_QUOTA_LIVENESS' },
    });
    await accounts('limits', 'trial', '--mode', 'live');
    expect((await ask('verify', verify)).status).toBe(200);
  });
});
