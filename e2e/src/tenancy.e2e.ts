import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountsCommand, type Credentials } from './facegate-command.ts';
import { createDataFolder } from './own-data-folder.ts';
import { portraitOf } from './photographs.ts';
import { type RunningServer, startServer } from './server-process.ts';
import {
  NOTHING,
  type RegulaRequest,
  regulaRequests,
  type VerihubsRequest,
  verihubsRequests,
} from './stranger-requests.ts';
import { askRegula, askVerihubs, everythingOf, makeOneOfEach, openTenant, type Tenant } from './tenant.ts';
import { base64, verihubsCalls } from './verihubs-calls.ts';

const data = createDataFolder();
const accounts = accountsCommand({ FACEGATE_DATA: data });
let server: RunningServer;
let her: string;
let herAgain: string;

beforeAll(async () => {
  her = base64(await portraitOf('her in picture 1'));
  herAgain = base64(await portraitOf('her in picture 3'));
  server = await startServer({ FACEGATE_DATA: data, FACEGATE_REGULA_ACCESS: 'key' });
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
});

const openAccount = async (name: string) => openTenant(server, await accounts('create', name));

test("what is another account's, or another door's, is answered byte for byte as what is not there", async () => {
  const [anna, boris] = [await openAccount('anna'), await openAccount('boris')];
  const hers = await makeOneOfEach(anna, her);
  const { id: group } = await boris.post('/api/groups', { name: 'own' });
  const { id: person } = await boris.post('/api/persons', { name: 'Own', groups: [group] });
  const own = { group, person, picture: herAgain };
  const before = await everythingOf(anna, hers, herAgain);

  const absent = regulaRequests(NOTHING, own);
  // Verihubs' name of somebody, tried as an id at Regula's door.
  const subjectAsId = { ...NOTHING, person: hers.subject, group: hers.subject, image: hers.subject };
  for (const [caller, ids] of [
    [boris, hers],
    [boris, subjectAsId],
    [anna, subjectAsId],
  ] as const) {
    const mine = caller === anna ? { ...own, group: hers.group, person: hers.person } : own;
    const nothing = caller === anna ? regulaRequests(NOTHING, mine) : absent;
    for (const [i, request] of regulaRequests(ids, mine).entries()) {
      const told = await askRegula(caller, request);
      const nobodys = await askRegula(caller, nothing[i] as RegulaRequest);
      expect([request.method, request.path, told]).toEqual([request.method, request.path, nobodys]);
    }
  }

  const nobody = verihubsRequests(NOTHING.subject, herAgain);
  for (const [caller, name] of [
    [boris, hers.subject],
    [boris, hers.person],
    [anna, hers.person],
    [anna, hers.image],
    [anna, hers.group],
  ] as const) {
    for (const [i, request] of verihubsRequests(name, herAgain).entries()) {
      const told = await askVerihubs(caller, request);
      expect(told.text).toContain('INVALID_PAYLOAD_SUBJECT_ID');
      expect([request, told]).toEqual([request, await askVerihubs(caller, nobody[i] as VerihubsRequest)]);
    }
  }
  expect(await everythingOf(anna, hers, herAgain)).toEqual(before);
});

test('nobody is found in a search at another door or of another account', async () => {
  const [carla, dora] = [await openAccount('carla'), await openAccount('dora')];
  const search = { image: { content: herAgain }, limit: 10, threshold: 4 };
  const foundBy = async ({ post, verihubs }: Tenant) => {
    const { persons } = await post('/api/search', search);
    const { matches } = (await verihubs('search', { image: herAgain, limit: 10, threshold: 0 })).body;
    return [persons.length, matches.length];
  };
  await carla.post('/api/groups', { name: 'none' });
  const { subject_id: subject } = (await carla.verihubs('enroll', { image: her })).body;
  expect([await foundBy(carla), await foundBy(dora)]).toEqual([
    [0, 1],
    [0, 0],
  ]);
  await carla.verihubs('delete', { subject_id: subject });
  const { id } = await carla.post('/api/persons', { name: 'She', groups: [], externalId: 'she' });
  await carla.post(`/api/persons/${id}/images`, { image: { content: her } });
  expect([await foundBy(carla), await foundBy(dora)]).toEqual([
    [1, 0],
    [0, 0],
  ]);
});

test('one name and one idempotency key mean something else to each account', async () => {
  const [emma, fritz] = [await openAccount('emma'), await openAccount('fritz')];
  const him = base64(await portraitOf('somebody in picture 6'));
  await emma.verihubs('enroll', { subject_id: '1', image: her });
  await fritz.verihubs('enroll', { subject_id: '1', image: him });
  const isHer = async ({ verihubs }: Tenant) =>
    (await verihubs('verify', { subject_id: '1', image: herAgain })).body.similarity_status;
  expect([await isHer(emma), await isHer(fritz)]).toEqual([true, false]);
  await fritz.verihubs('delete', { subject_id: '1' });
  expect(await isHer(emma)).toBe(true);

  const key = { 'idempotency-key': 'one' };
  const made = await Promise.all([emma, fritz].map(({ post }) => post('/api/groups', { name: 'g' }, key)));
  expect(made[0].id).not.toBe(made[1].id);
  const again = await emma.post('/api/groups', { name: 'g' }, key);
  expect(again.id).toBe(made[0].id);
});

test('the credentials of one door, or halves of two pairs, open none', async () => {
  const [gina, hugo]: Credentials[] = [await accounts('create', 'gina'), await accounts('create', 'hugo')];
  if (gina === undefined || hugo === undefined) throw new Error('no accounts were made');
  const pairs = [
    { app_id: gina.verihubs.app_id, api_key: hugo.verihubs.api_key },
    { app_id: gina.verihubs.app_id, api_key: gina.native.api_key },
    { app_id: gina.native.api_key, api_key: gina.native.api_key },
    { app_id: gina.verihubs.api_key, api_key: gina.verihubs.app_id },
    { app_id: gina.verihubs.app_id.toLowerCase(), api_key: gina.verihubs.api_key },
  ];
  for (const pair of pairs) {
    for (const operation of ['verify', 'enroll', 'delete', 'search', 'compare', 'liveness'] as const) {
      const { status, text } = await verihubsCalls(server, pair)(operation, {});
      expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
    }
  }
  const authorization = `Bearer ${gina.verihubs.api_key}`;
  expect((await fetch(`${server.url}/api/groups`, { headers: { authorization } })).status).toBe(401);
  expect((await verihubsCalls(server, gina.verihubs)('verify', {})).status).toBe(400);
});
