import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { drawPicture } from '@facegate/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openAccounts } from './accounts-under-test.contract.ts';
import { openCallbacks } from './callbacks-under-test.contract.ts';
import { openCasesNode } from './cases-under-test.contract.ts';
import { type OpenServer, SERVERS_UNDER_TEST } from './database-under-test.contract.ts';
import { spaceOf } from './domain/accounts/space-of.ts';
import { runNotices, tellNext as tellNotice } from './domain/callbacks/notice-runner.ts';
import { openHost } from './outbound/host-under-test.contract.ts';
import { openStore } from './store-under-test.contract.ts';

const [bundled] = SERVERS_UNDER_TEST;
let server: OpenServer;
beforeAll(async () => {
  server = await bundled.open();
}, 60_000);
afterAll(() => server.close());

interface Heard {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A receiver that writes down what it hears. @param status  to answer with; undefined: none. */
async function openReceiver(status: () => number | undefined = () => 200) {
  const heard: Heard[] = [];
  const host = await openHost(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    await once(request, 'end');
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const answer = status();
    if (answer !== undefined) response.writeHead(answer).end();
  });
  return { heard, host, url: `http://${host.authority}/hook?key=1` };
}

/** A node whose one account is called back by a receiver. */
async function opened(status?: () => number | undefined) {
  const store = await openStore(await server.createDatabase());
  onTestFinished(() => store.close());
  const cases = await openCasesNode(store);
  const receiver = await openReceiver(status);
  const node = openCallbacks(store, cases, receiver.host.authority);
  const { accounts } = await openAccounts(store, cases.parts.keys);
  const { accountId } = await accounts.create('shop');
  const space = spaceOf(accountId, 'facia');
  const { secret = '' } = await node.callbacks.set('shop', 'facia', { url: receiver.url });
  const picture = drawPicture([{ identity: 1, x: 20, y: 20 }]);
  const submit = async () => {
    const bytes = await picture;
    return (await cases.submit(space, { kind: 'injection', media: { probe: { bytes, type: 'image' } } }))
      .reference;
  };
  return { ...node, cases, receiver, secret, space, submit, store };
}

const hmac = (secret: string, text: string) =>
  `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;

/** As a receiver checks them. */
function verified({ headers, body }: Heard, secret: string) {
  const id = String(headers['x-delivery-id']);
  const timestamp = String(headers['x-timestamp']);
  expect(headers['x-signature']).toBe(hmac(secret, body));
  expect(headers['x-timestamp-signature']).toBe(hmac(secret, `${id}.${timestamp}.${body}`));
  expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(300);
  return { id, ...JSON.parse(body) };
}

describe('an account with a callback', () => {
  it('hears of a case when it is submitted and when it is decided, signed with its secret', async () => {
    const { submit, tellNext, receiver, secret, cases } = await opened();
    const reference = await submit();
    expect(await tellNext()).toBe(true);
    expect(await cases.examineNext()).toBe(true);
    expect(await tellNext()).toBe(true);
    expect(await tellNext()).toBe(false);
    const [initiated, decided] = receiver.heard.map((heard) => verified(heard, secret));
    const common = { reference_id: reference, client_reference: null, type: 'deepfake' };
    expect(initiated).toMatchObject({ ...common, event: 'request.initiated', status: null });
    expect(decided).toMatchObject({
      ...common,
      event: expect.stringMatching(/^liveness\.(accepted|rejected)$/),
    });
    expect(decided.status).toBe(decided.event === 'liveness.accepted' ? 1 : 0);
    expect(decided.id).not.toBe(initiated.id);
  });

  it('hears of one that failed as of one that was declined', async () => {
    const { submit, tellNext, receiver, secret, cases, space } = await opened();
    await submit();
    const claimed = await cases.parts.cases.claim(60_000);
    expect(claimed && (await cases.parts.cases.fail(claimed.lease))).toBe(true);
    while (await tellNext()) await undefined;
    expect(receiver.heard.map((heard) => verified(heard, secret).event)).toEqual([
      'request.initiated',
      'liveness.rejected',
    ]);
    expect(space).toContain('/facia');
  });

  it('tries five times, further and further apart, then gives up and says so in the trail', async () => {
    const { submit, tellNext, dueIn, makeDue, receiver, undelivered, callbacks, written } = await opened(
      () => 503,
    );
    const reference = await submit();
    const waits: number[] = [];
    while (await tellNext()) {
      waits.push(...(await dueIn()));
      await makeDue();
    }
    expect(waits).toEqual([10, 60, 600, 3600]);
    expect(new Set(receiver.heard.map(({ headers }) => headers['x-delivery-id'])).size).toBe(1);
    expect(receiver.heard).toHaveLength(5);
    expect(undelivered.map(({ attempts, reason }) => [attempts, reason])).toEqual(
      [1, 2, 3, 4, 5].map((attempts) => [attempts, 'answered 503']),
    );
    expect(JSON.stringify(undelivered)).not.toMatch(/hook|key/);
    expect(await callbacks.find('shop', 'facia')).toMatchObject({
      waiting: 0,
      givenUp: [{ reference, event: 'submitted', reason: 'answered 503' }],
    });
    expect(written.filter(({ action }) => action === 'callback.give-up')).toMatchObject([
      { actor: 'server', outcome: 'failed', details: { reference, event: 'submitted', attempts: 5 } },
    ]);
  });

  it('hears again with the same id when the server died before it took the answer in', async () => {
    const { submit, tellNext, parts, receiver, makeDue } = await opened();
    await submit();
    const dying = { ...parts, notices: { ...parts.notices, settle: () => new Promise<boolean>(() => {}) } };
    // As if it was killed there: its promise never comes to anything.
    void tellNotice(dying, new AbortController().signal);
    await expect.poll(() => receiver.heard.length).toBe(1);
    expect(await tellNext()).toBe(false);
    await makeDue();
    expect(await tellNext()).toBe(true);
    const ids = receiver.heard.map(({ headers }) => headers['x-delivery-id']);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it('is not tried a sixth time when the fifth attempt killed the server', async () => {
    const { submit, tellNext, store, receiver, callbacks } = await opened();
    await submit();
    await store.pool.query('update facegate.notice set attempts = 5');
    expect(await tellNext()).toBe(true);
    expect(receiver.heard).toEqual([]);
    expect((await callbacks.find('shop', 'facia')).givenUp).toHaveLength(1);
  });

  it('hears nothing of a case that was erased', async () => {
    const { submit, tellNext, receiver, cases, space } = await opened();
    const reference = await submit();
    await cases.erase(space, reference, 'asked for');
    expect(await tellNext()).toBe(false);
    expect(receiver.heard).toEqual([]);
  });

  it('does not lose an attempt to a server that is being stopped', async () => {
    const { submit, tellNext, receiver, undelivered, dueIn } = await opened(() => undefined);
    await submit();
    const stop = new AbortController();
    const telling = tellNext(stop.signal);
    await expect.poll(() => receiver.heard.length).toBe(1);
    stop.abort();
    await telling;
    expect(undelivered).toEqual([]);
    expect(await dueIn()).toEqual([0]);
  });
});

describe('a callback', () => {
  it('keeps its secret when its URL changes, and gets another when that is asked for', async () => {
    const { callbacks, submit, tellNext, receiver, secret, written } = await opened();
    expect(secret).toMatch(/^[0-9A-Za-z]{43}$/);
    const moved = await callbacks.set('shop', 'facia', { url: `${receiver.url}&a=b` });
    expect(moved.secret).toBeUndefined();
    const { secret: next = '', url } = await callbacks.set('shop', 'facia', { rotateSecret: true });
    expect([next === secret, url]).toEqual([false, `${receiver.url}&a=b`]);
    await submit();
    await tellNext();
    expect(receiver.heard.map((heard) => verified(heard, next))).toHaveLength(1);
    const set = written.filter(({ action }) => action === 'callback.set').map(({ details }) => details);
    expect(set.map((details) => details['isSecretNew'])).toEqual([true, false, true]);
    expect(JSON.stringify(written)).not.toMatch(/hook|key=/);
  });

  it('is refused where nothing may be sent, and changes nothing then', async () => {
    const { callbacks, receiver } = await opened();
    for (const url of ['http://hooks.example/', 'https://127.0.0.1/', 'hooks.example']) {
      const setting = callbacks.set('shop', 'facia', { url });
      await expect(setting).rejects.toMatchObject({ code: 'invalid-request' });
    }
    expect((await callbacks.find('shop', 'facia')).url).toBe(receiver.url);
  });

  it('that is removed hears nothing more, and is not found', async () => {
    const { callbacks, submit, tellNext, receiver, written } = await opened();
    await submit();
    await callbacks.remove('shop', 'facia');
    expect(await tellNext()).toBe(false);
    expect(receiver.heard).toEqual([]);
    expect(written.at(-1)).toMatchObject({ action: 'callback.remove', actor: 'operator' });
    await expect(callbacks.find('shop', 'facia')).rejects.toMatchObject({ code: 'not-found' });
    await expect(callbacks.remove('shop', 'facia')).rejects.toMatchObject({ code: 'not-found' });
    await expect(callbacks.set('nobody', 'facia', {})).rejects.toMatchObject({ code: 'not-found' });
    await expect(callbacks.set('shop', 'facia', {})).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('with the secret of another account sends nothing, and waits', async () => {
    const { store, submit, tellNext, failures, receiver, callbacks, cases } = await opened();
    const { accounts } = await openAccounts(store, cases.parts.keys);
    await accounts.create('rival');
    await callbacks.set('rival', 'facia', { url: receiver.url });
    await submit();
    // As somebody could who has the database alone.
    await store.pool.query(
      `update facegate.callback shop set sealed_secret = rival.sealed_secret
       from facegate.callback rival where rival.space <> shop.space`,
    );
    expect(await tellNext()).toBe(true);
    expect(receiver.heard).toEqual([]);
    expect(failures).toMatchObject([{ code: 'internal' }]);
    expect((await callbacks.find('shop', 'facia')).waiting).toBe(1);
  });
});

describe('runners', () => {
  it('of two nodes tell each notice once, and a receiver that hangs holds up no other account', async () => {
    const { submit, receiver, store, cases, callbacks } = await opened();
    const hanging = await openReceiver(() => undefined);
    const other = openCallbacks(store, cases, `${hanging.host.authority},${receiver.host.authority}`);
    const { accounts } = await openAccounts(store, cases.parts.keys);
    const { accountId } = await accounts.create('slow');
    await other.callbacks.set('slow', 'facia', { url: hanging.url });
    const bytes = await drawPicture([{ identity: 1, x: 20, y: 20 }]);
    for (let i = 0; i < 5; i++) {
      const media = { probe: { bytes, type: 'image' } } as const;
      await cases.submit(spaceOf(accountId, 'facia'), { kind: 'injection', media });
    }
    const references = await Promise.all(Array.from({ length: 12 }, submit));
    const runners = [runNotices(other.parts), runNotices(other.parts)];
    await expect.poll(() => receiver.heard.length, { timeout: 10_000 }).toBe(12);
    await Promise.all(runners.map((stop) => stop()));
    const told = receiver.heard.map(({ body }) => JSON.parse(body).reference_id);
    expect(told.toSorted()).toEqual(references.toSorted());
    expect((await callbacks.find('shop', 'facia')).waiting).toBe(0);
    expect((await other.callbacks.find('slow', 'facia')).waiting).toBe(5);
  });
});
