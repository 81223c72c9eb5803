import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { drawPicture } from '@facegate/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { issuedFor, openAccounts } from './accounts-under-test.contract.ts';
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
  readonly url: string | undefined;
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
    heard.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
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
  const { accounts, parts, pass } = await openAccounts(store, cases.parts.keys);
  const node = openCallbacks(store, cases, { hosts: receiver.host.authority, clock: parts.clock });
  const issued = await accounts.create('shop');
  const space = spaceOf(issued.accountId, 'facia');
  const { secret } = issuedFor(issued, 'facia');
  await node.callbacks.set('shop', 'facia', receiver.url);
  const picture = drawPicture([{ identity: 1, x: 20, y: 20 }]);
  const submit = async () => {
    const bytes = await picture;
    return (await cases.submit(space, { kind: 'injection', media: { probe: { bytes, type: 'image' } } }))
      .reference;
  };
  return { ...node, cases, receiver, accounts, pass, secret, space, submit, store };
}

const hmac = (secret: string, text: string) =>
  `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;

/** By which pairs of headers, told by their ends, a receiver that knows a secret can verify what it hears. */
function provenBy({ headers, body }: Heard, secret: string): string[] {
  const stamped = `${headers['x-delivery-id']}.${headers['x-timestamp']}.${body}`;
  const expected = { 'x-signature': hmac(secret, body), 'x-timestamp-signature': hmac(secret, stamped) };
  return ['', '-previous'].filter((suffix) =>
    Object.entries(expected).every(([name, value]) => headers[`${name}${suffix}`] === value),
  );
}

/** As a receiver checks them. */
function verified(heard: Heard, secret: string) {
  const { headers, body } = heard;
  const id = String(headers['x-delivery-id']);
  const timestamp = String(headers['x-timestamp']);
  expect(provenBy(heard, secret)).toEqual(['']);
  expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(300);
  return { id, ...JSON.parse(body) };
}

describe('an account with a callback', () => {
  it('hears of a case when it is submitted and when it is decided, signed with its client secret', async () => {
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
  it('leads elsewhere once it is set again, what waits included, and the trail has no address', async () => {
    const { callbacks, submit, tellNext, receiver, secret, written } = await opened();
    await submit();
    await callbacks.set('shop', 'facia', `${receiver.url}&a=b`);
    await tellNext();
    expect(receiver.heard.map((heard) => [heard.url, verified(heard, secret).event])).toEqual([
      ['/hook?key=1&a=b', 'request.initiated'],
    ]);
    const set = written.filter(({ action }) => action === 'callback.set').map(({ details }) => details);
    expect(set).toEqual([{ door: 'facia' }, { door: 'facia' }]);
    expect(JSON.stringify(written)).not.toMatch(/hook|key=/);
  });

  it('is refused where nothing may be sent, and changes nothing then', async () => {
    const { callbacks, receiver } = await opened();
    for (const url of ['http://hooks.example/', 'https://127.0.0.1/', 'hooks.example']) {
      const setting = callbacks.set('shop', 'facia', url);
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
    await expect(callbacks.set('nobody', 'facia', receiver.url)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the client secret', () => {
  const TIMES = [
    { passed: 59, by: [['-previous'], ['']] },
    { passed: 1, by: [[], ['']] },
  ];

  it('and the one before it both sign while both hold; then the new one alone', async () => {
    const { accounts, pass, submit, tellNext, receiver, secret } = await opened();
    const rotated = await accounts.rotate('shop', { overlapSeconds: 60 });
    const secrets = [secret, issuedFor(rotated, 'facia').secret];
    for (const { passed, by } of TIMES) {
      pass(passed);
      await submit();
      expect(await tellNext()).toBe(true);
      const heard = receiver.heard.at(-1);
      expect(secrets.map((known) => heard && provenBy(heard, known))).toEqual(by);
    }
    const [during, after] = receiver.heard.map(({ headers }) => Object.keys(headers));
    expect(during).toEqual(
      expect.arrayContaining(['x-signature-previous', 'x-timestamp-signature-previous']),
    );
    expect(after?.filter((name) => name.endsWith('-previous'))).toEqual([]);
  });

  it('signs no more once it was replaced without an overlap, and of three that hold the newest two sign', async () => {
    const { accounts, submit, tellNext, receiver, secret, pass } = await opened();
    const secrets = [secret];
    for (const overlapSeconds of [0, 60, 60]) {
      pass(1);
      const rotated = await accounts.rotate('shop', { overlapSeconds, doors: ['facia'] });
      secrets.push(issuedFor(rotated, 'facia').secret);
      await submit();
      expect(await tellNext()).toBe(true);
    }
    const by = receiver.heard.map((heard) => secrets.map((known) => provenBy(heard, known)));
    expect(by).toEqual([
      [[], [''], [], []],
      [[], ['-previous'], [''], []],
      [[], [], ['-previous'], ['']],
    ]);
  });

  it('of a disabled account signs nothing: what is to be told waits, and is told once it is enabled', async () => {
    const { accounts, submit, tellNext, receiver, undelivered, secret, dueIn, makeDue } = await opened();
    await accounts.disable('shop');
    await submit();
    expect(await tellNext()).toBe(true);
    expect(receiver.heard).toEqual([]);
    expect(undelivered).toMatchObject([{ attempts: 1, reason: expect.stringContaining('disabled') }]);
    expect(await dueIn()).toEqual([10]);
    await accounts.enable('shop');
    await makeDue();
    expect(await tellNext()).toBe(true);
    expect(receiver.heard.map((heard) => verified(heard, secret))).toHaveLength(1);
  });

  it('that is over signs nothing, and the notice is given up with the reason', async () => {
    const { store, submit, tellNext, receiver, makeDue, callbacks } = await opened();
    await store.pool.query(
      `update facegate.credential set expires_at = now() - interval '1 day' where door = 'facia'`,
    );
    await submit();
    while (await tellNext()) await makeDue();
    expect(receiver.heard).toEqual([]);
    const { waiting, givenUp } = await callbacks.find('shop', 'facia');
    expect(waiting).toBe(0);
    expect(givenUp).toMatchObject([{ reason: expect.stringContaining('no credential that holds') }]);
  });

  it('of another account opens for nobody else: nothing is sent, and it waits', async () => {
    const { store, submit, tellNext, failures, receiver, callbacks, accounts } = await opened();
    await accounts.create('rival');
    await submit();
    // As somebody could who has the database alone.
    await store.pool.query(
      `update facegate.credential shop set sealed_secret = rival.sealed_secret
       from facegate.credential rival
       where shop.door = 'facia' and rival.door = 'facia' and rival.account <> shop.account`,
    );
    expect(await tellNext()).toBe(true);
    expect(receiver.heard).toEqual([]);
    expect(failures).toMatchObject([{ code: 'internal' }]);
    expect((await callbacks.find('shop', 'facia')).waiting).toBe(1);
  });
});

describe('runners', () => {
  it('of two nodes tell each notice once, and a receiver that hangs holds up no other account', async () => {
    const { submit, receiver, store, cases, callbacks, accounts } = await opened();
    const hanging = await openReceiver(() => undefined);
    const hosts = `${hanging.host.authority},${receiver.host.authority}`;
    const other = openCallbacks(store, cases, { hosts });
    const { accountId } = await accounts.create('slow');
    await other.callbacks.set('slow', 'facia', hanging.url);
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
