import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beRefusedByFacia, useFacia } from './canary-facia.ts';
import { beRefusedByRegula, useRegula } from './canary-regula.ts';
import { beRefusedByVerihubs, useVerihubs } from './canary-verihubs.ts';
import { clipOf } from './clips.ts';
import { accountsCommand, type Credentials } from './facegate-command.ts';
import { createDataFolder } from './own-data-folder.ts';
import { portraitOf } from './photographs.ts';
import { bytesSecret, floatsSecret, givenAwayBy, type Secret, wordSecret } from './secrets.ts';
import { type RunningServer, startServer } from './server-process.ts';
import { templateOf } from './template-witness.ts';
import { base64 } from './verihubs-calls.ts';

const FACEGATE = fileURLToPath(new URL('../../packages/cli/bin/facegate.mjs', import.meta.url));
const NAME = 'Canaria-Wellington-Featherstone';
const EXTERNAL_ID = 'external-canary-48151623';
const NOTE = 'metadata-canary-of-hers';
const GROUP = 'Canary-Fanciers';
const CREDENTIAL = 'credential-canary-0f1e2d3c4b5a';
const SUBJECT = 'Subject.Canary+Budgerigar-2718';
const CLIENT_REFERENCE = 'client-reference-canary-31415';
const COMMENT = 'comment-canary-of-theirs';

const folder = createDataFolder();
let server: RunningServer;
let photo: Uint8Array;
let clip: Uint8Array | undefined;
let secrets: Secret[];
let credentials: Credentials;
const refusals: string[] = [];
let refused = 0;
let answered = 0;

beforeAll(async () => {
  photo = new Uint8Array(await portraitOf('her in picture 1'));
  clip = clipOf(photo);
  const template = await templateOf(folder, photo);
  server = await startServer({
    FACEGATE_DATA: folder,
    FACEGATE_LOG_LEVEL: 'trace',
    FACEGATE_REGULA_ACCESS: 'key',
    FACEGATE_RATE_FACIA: '0',
    FACEGATE_RATE_STRANGERS: '0',
  });
  credentials = await accountsCommand({ FACEGATE_DATA: folder })('create', 'aviary');
  const { native, verihubs, facia } = credentials;
  const masterKey = readFileSync(join(folder, 'keys', 'master.key'), 'utf8').trim();
  secrets = [
    wordSecret('name', NAME),
    wordSecret('external id', EXTERNAL_ID),
    wordSecret('metadata', NOTE),
    wordSecret('name of a group', GROUP),
    wordSecret('credential', CREDENTIAL),
    wordSecret('subject id', SUBJECT),
    wordSecret('client reference', CLIENT_REFERENCE),
    wordSecret('comment', COMMENT),
    // Behind `fg_IDENTIFIER_`.
    wordSecret('native key', native.api_key.slice(-43)),
    wordSecret('App-ID', verihubs.app_id),
    wordSecret('API key', verihubs.api_key),
    wordSecret('client id', facia.client_id),
    wordSecret('client secret', facia.client_secret),
    wordSecret('master key', masterKey),
    bytesSecret('master key, other forms', Buffer.from(masterKey, 'base64')),
    bytesSecret('picture', photo),
    ...(clip ? [bytesSecret('clip', clip)] : []),
    floatsSecret('template, as text', template),
    bytesSecret('template, as bytes', new Uint8Array(Float32Array.from(template).buffer)),
  ];
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that is refused is looked through later; what is answered may hold what was asked for. */
async function call(
  method: string,
  path: string,
  payload?: unknown,
  headers: Record<string, string | undefined> = {},
) {
  const isForm = payload instanceof FormData;
  const wanted = {
    authorization: `Bearer ${credentials.native.api_key}`,
    cookie: `session=${CREDENTIAL}`,
    'content-type': payload === undefined || isForm ? undefined : 'application/json',
    ...headers,
  };
  const answer = await fetch(server.url + path, {
    method,
    headers: Object.entries(wanted).filter((one): one is [string, string] => one[1] !== undefined),
    ...(payload !== undefined && {
      body: isForm || typeof payload === 'string' ? payload : JSON.stringify(payload),
    }),
  });
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  if (answer.ok) answered++;
  else {
    refused++;
    refusals.push(text);
  }
  return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
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
  const regula = {
    person: { name: NAME, externalId: EXTERNAL_ID, metadata: { note: NOTE } },
    note: NOTE,
    group: GROUP,
    photo,
    key: credentials.native.api_key,
    stale: CREDENTIAL,
  };
  const verihubs = {
    subject: SUBJECT,
    image: base64(photo),
    garbage: base64(photo.subarray(400, 4000)),
    credentials: credentials.verihubs,
  };
  const facia = {
    clientReference: CLIENT_REFERENCE,
    comment: COMMENT,
    photo,
    clip,
    credentials: credentials.facia,
  };
  await useRegula(call, regula);
  await useVerihubs(call, verihubs);
  expect([answered, refused]).toEqual([33, 0]);
  const given = await useFacia(call, facia);
  const links = [...given.links, ...given.deadLinks];
  expect([answered, refused]).toEqual([33 + 14 + links.length, 0]);
  // Of a picture, and of two that were compared; a clip that was decoded has more.
  expect(links.length).toBeGreaterThanOrEqual(3);
  secrets.push(wordSecret('token', given.token), ...links.map((link) => wordSecret('link', link.slice(-40))));
  await beRefusedByRegula(call, regula);
  await beRefusedByVerihubs(call, verihubs);
  const before = answered;
  await beRefusedByFacia(call, facia, given);
  expect(answered).toBe(before);
  expect(refused).toBeGreaterThan(140);
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
