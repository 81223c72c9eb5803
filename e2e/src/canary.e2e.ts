import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataFolder } from './own-data-folder.ts';
import { portraitOf } from './photographs.ts';
import { bytesSecret, floatsSecret, givenAwayBy, type Secret, wordSecret } from './secrets.ts';
import { type RunningServer, startServer } from './server-process.ts';
import { templateOf } from './template-witness.ts';

const FACEGATE = fileURLToPath(new URL('../../packages/cli/bin/facegate.mjs', import.meta.url));
const NAME = 'Canaria-Wellington-Featherstone';
const EXTERNAL_ID = 'external-canary-48151623';
const NOTE = 'metadata-canary-of-hers';
const GROUP = 'Canary-Fanciers';
const CREDENTIAL = 'credential-canary-0f1e2d3c4b5a';

const folder = createDataFolder();
let server: RunningServer;
let photo: Uint8Array;
let secrets: Secret[];
const refusals: string[] = [];
let refused = 0;
let answered = 0;

beforeAll(async () => {
  photo = new Uint8Array(await portraitOf('her in picture 1'));
  const template = await templateOf(folder, photo);
  server = await startServer({ FACEGATE_DATA: folder, FACEGATE_LOG_LEVEL: 'trace' });
  const masterKey = readFileSync(join(folder, 'keys', 'master.key'), 'utf8').trim();
  secrets = [
    wordSecret('name', NAME),
    wordSecret('external id', EXTERNAL_ID),
    wordSecret('metadata', NOTE),
    wordSecret('name of a group', GROUP),
    wordSecret('credential', CREDENTIAL),
    wordSecret('master key', masterKey),
    bytesSecret('master key, other forms', Buffer.from(masterKey, 'base64')),
    bytesSecret('picture', photo),
    floatsSecret('template, as text', template),
    bytesSecret('template, as bytes', new Uint8Array(Float32Array.from(template).buffer)),
  ];
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Everything that is refused is looked through later; what is answered may hold what was asked for. */
async function call(method: string, path: string, payload?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${CREDENTIAL}`,
      cookie: `session=${CREDENTIAL}`,
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload !== undefined && { body: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  });
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  if (answer.ok) answered++;
  else {
    refused++;
    refusals.push(text);
  }
  return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
}

const person = { name: NAME, externalId: EXTERNAL_ID, metadata: { note: NOTE } };
const image = () => ({ content: base64(photo) });

/** Every operation, with her picture and her names. */
async function useEverything(): Promise<void> {
  const group = await call('POST', '/api/groups', { name: GROUP, metadata: { note: NOTE } });
  const { id } = await call('POST', '/api/persons', { ...person, groups: [group.id] });
  await call('POST', '/api/persons', person, { 'idempotency-key': EXTERNAL_ID });
  const added = await call('POST', `/api/persons/${id}/images`, { image: image() });
  for (const path of ['', '/groups', '/images', `/images/${added.id}`])
    await call('GET', `/api/persons/${id}${path}`);
  for (const path of ['', `/${group.id}`, `/${group.id}/persons`]) await call('GET', `/api/groups${path}`);
  await call('PUT', `/api/persons/${id}`, { ...person, groups: [group.id] });
  await call('PUT', `/api/groups/${group.id}`, { name: GROUP, metadata: {} });
  await call('PUT', `/api/groups/${group.id}/persons`, { removeItems: [], addItems: [id] });
  await call('POST', '/api/search', { image: image(), limit: 5, threshold: 1 });
  await call('POST', '/api/search', { image: image(), createPerson: person, threshold: 1 });
  const images = [1, 3].map((type, index) => ({ index, type, data: base64(photo) }));
  await call('POST', '/api/match', { images });
  await call('POST', '/api/match_and_search', { images });
  await call('POST', '/api/detect', { image: base64(photo), processParam: { scenario: 'QualityFull' } });
  await call('DELETE', `/api/persons/${id}/images/${added.id}`);
  await call('DELETE', `/api/persons/${id}`);
  await call('DELETE', `/api/groups/${group.id}`);
}

/** Every way to be refused that has something to repeat. */
async function beRefused(): Promise<void> {
  const garbage = base64(photo.subarray(400, 4000));
  for (const path of ['match', 'detect', 'search', 'match_and_search', 'persons', 'groups']) {
    await call('POST', `/api/${path}`, `{"name": "${NAME}", "image": "${base64(photo)}`);
    await call('POST', `/api/${path}`, {
      image: NAME,
      images: base64(photo),
      name: { NAME },
      metadata: NOTE,
    });
    await call('POST', `/api/${path}`, {
      [NAME]: NOTE,
      image: [EXTERNAL_ID],
      images: [{ data: base64(photo) }],
    });
  }
  await call('POST', '/api/detect', { image: garbage });
  await call('POST', '/api/search', { image: { content: garbage }, groupIds: [NAME] });
  await call('POST', '/api/search', { image: image(), groupIds: [EXTERNAL_ID] });
  await call('POST', '/api/persons', { ...person, groups: [NAME] });
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const payload = method === 'PUT' ? person : undefined;
    await call(method, `/api/persons/${NAME}?name=${NAME}`, payload);
    await call(method, `/api/groups/${EXTERNAL_ID}`, payload);
    await call(method, `/api/${NAME}/${NOTE}?image=${base64(photo).slice(0, 200)}`, payload);
  }
  await call('POST', '/api/persons', person, { 'idempotency-key': `${NAME}\u00e9` });
  await call('POST', '/api/persons', { ...person, name: 'other' }, { 'idempotency-key': EXTERNAL_ID });
}

const metrics = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();

function auditLines(): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [FACEGATE, 'audit', 'list', '--json'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], FACEGATE_DATA: folder },
    maxBuffer: 64 * 1024 * 1024,
  });
  expect([status, stderr.replace(/^facegate: .*\n/gm, '')]).toEqual([0, '']);
  return stdout;
}

const auditCommand = (...args: string[]) =>
  spawnSync(process.execPath, [FACEGATE, 'audit', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], FACEGATE_DATA: folder },
  });

test('no log, metric, refusal or audit line gives away a picture, a template, a name or a key', async () => {
  await useEverything();
  await beRefused();
  expect(answered).toBeGreaterThan(15);
  expect(refused).toBeGreaterThan(20);
  const figures = await metrics();
  await server.stop();
  const lines = auditLines();
  expect(server.said().split('\n').length).toBeGreaterThan(answered + refused);
  expect(lines.split('\n').length).toBeGreaterThan(12);
  expect({
    log: givenAwayBy(server.said(), secrets),
    metrics: givenAwayBy(figures, secrets),
    refusals: givenAwayBy(refusals.join('\n'), secrets),
    audit: givenAwayBy(lines, secrets),
  }).toEqual({ log: [], metrics: [], refusals: [], audit: [] });
});

test('the trail of all that is sound, and tells who was searched for', () => {
  const verified = auditCommand('verify');
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('is sound')]);
  const found = auditLines()
    .split('\n')
    .filter((line) => line.includes('"face.search"') && line.includes('"candidates"'))
    .map((line) => JSON.parse(line).subjects[0]);
  const searches = auditCommand('searches-for', found[0]);
  expect(searches.stdout).toContain('face.search');
  expect(auditCommand('searches-for', '00000000-0000-7000-8000-000000000000').stdout).toBe('');
});

test('what is planted is found: in the log and the trail of a server that is given a name for a request id', async () => {
  const planted = await startServer({ FACEGATE_DATA: folder, FACEGATE_LOG_LEVEL: 'trace' });
  await fetch(`${planted.url}/api/detect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requestid': NAME },
    body: JSON.stringify({ image: base64(photo) }),
  });
  await planted.stop();
  expect(givenAwayBy(planted.said(), secrets)).toEqual(['name']);
  expect(givenAwayBy(auditLines(), secrets)).toEqual(['name']);
});

test('what is planted is found: each secret, in each form, in the middle of a log', () => {
  const log = server.said();
  for (const secret of secrets) {
    expect(secret.forms.length).toBeGreaterThan(0);
    for (const form of [secret.forms[0], secret.forms.at(-1)]) {
      expect(givenAwayBy(`${log}{"msg":"…${form}…"}${log}`, [secret])).toEqual([secret.what]);
    }
  }
  const whole = base64(photo);
  for (const at of [0, 1, 77, whole.length - 64]) {
    expect(givenAwayBy(`${log}${whole.slice(at, at + 64)}`, secrets)).toContain('picture');
  }
});
