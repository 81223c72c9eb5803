import { execFile, execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { GENUINE } from './cases-under-test.contract.ts';
import { livenessOf, openFacia } from './facia-app.contract.ts';

const run = promisify(execFile);

/** Whether a command is here. */
function has(command: string, ...parameters: string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A server on a port of this machine, with one decided transaction. */
async function listening() {
  const { app, cases, create } = openFacia();
  const reference_id = await create();
  cases.decide(GENUINE, reference_id);
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), reference_id };
}

type Endpoint = 'status' | 'delete' | 'liveness' | 'result';

const ENDPOINTS: readonly Endpoint[] = ['status', 'delete', 'liveness', 'result'];

/** The vendor shows a client secret with the first two, a token with the others. */
const credentialOf = (endpoint: Endpoint): [string, string] =>
  endpoint === 'status' || endpoint === 'delete'
    ? ['client-secret', 'acme-secret']
    : ['Authorization', 'Bearer acme-token'];

async function fieldsOf(endpoint: Endpoint, reference_id: string): Promise<Record<string, string | number>> {
  if (endpoint === 'liveness')
    return { ...(await livenessOf()), file_type: 'image', client_reference: '123asd1123' };
  return endpoint === 'delete' ? { reference_id, comment: 'your_comment' } : { reference_id };
}

const MESSAGES = {
  status: 'Success',
  delete: 'Transaction has been deleted successfully!',
  liveness: 'Transaction Created',
  result: 'success',
} as const;

const expectAnswer = (endpoint: Endpoint, text: string) =>
  expect(JSON.parse(text)).toMatchObject({ status: true, message: MESSAGES[endpoint] });

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const encoded = (fields: Record<string, string | number>) =>
  `${new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, `${value}`]))}`;

describe.each(ENDPOINTS)('the samples of /%s', (endpoint) => {
  it('000-8 001-30 in JavaScript', async () => {
    const { url, reference_id } = await listening();
    const fields = await fieldsOf(endpoint, reference_id);
    const isForm = endpoint === 'status' || endpoint === 'delete';
    const headers = new Headers();
    headers.append(...credentialOf(endpoint));
    headers.append('Content-Type', isForm ? FORM_TYPE : JSON_TYPE);
    const body = isForm ? new URLSearchParams(encoded(fields)) : JSON.stringify(fields);
    const response = await fetch(`${url}/${endpoint}`, { method: 'POST', headers, body, redirect: 'follow' });
    expectAnswer(endpoint, await response.text());
  });

  it.runIf(has('curl', '--version'))('000-8 001-30 with curl (skipped where there is none)', async () => {
    const { url, reference_id } = await listening();
    const fields = JSON.stringify(await fieldsOf(endpoint, reference_id));
    const headers = ['--header', credentialOf(endpoint).join(': '), '--header', `Content-Type: ${JSON_TYPE}`];
    const { stdout } = await run('curl', [
      '--silent',
      '--location',
      `${url}/${endpoint}`,
      ...headers,
      '--data',
      fields,
    ]);
    expectAnswer(endpoint, stdout);
  });

  it.runIf(has('python3', '-c', 'import requests'))(
    '000-8 001-30 in Python with requests (skipped where there is none)',
    async () => {
      const { url, reference_id } = await listening();
      const fields = await fieldsOf(endpoint, reference_id);
      const isForm = endpoint === 'status' || endpoint === 'delete';
      const program = [
        'import json, requests, sys',
        'url, name, value, type, text = sys.argv[1:]',
        'headers = {name: value, "Content-Type": type}',
        isForm
          ? 'response = requests.request("POST", url, headers=headers, data=text)'
          : 'response = requests.post(url, json=json.loads(text), headers=headers)',
        'print(response.text)',
      ].join('\n');
      const [type, text] = isForm ? [FORM_TYPE, encoded(fields)] : [JSON_TYPE, JSON.stringify(fields)];
      const parameters = ['-c', program, `${url}/${endpoint}`, ...credentialOf(endpoint), type, text];
      const { stdout } = await run('python3', parameters, { env: { ...process.env, NO_PROXY: '*' } });
      expectAnswer(endpoint, stdout);
    },
  );
});

/** What clients of the other languages send, as it goes over the wire. */
const OTHERS: readonly (readonly [string, Endpoint, Record<string, string>, 'json' | 'form'])[] = [
  ...ENDPOINTS.map((endpoint) => ['raw HTTP', endpoint, { 'content-type': JSON_TYPE }, 'json'] as const),
  ['PHP', 'status', { 'content-type': FORM_TYPE, accept: '*/*' }, 'form'],
  ['PHP', 'delete', { 'content-type': FORM_TYPE, accept: '*/*' }, 'form'],
  ['PHP', 'liveness', { 'content-type': JSON_TYPE, accept: '*/*' }, 'json'],
  ['PHP', 'result', { 'content-type': JSON_TYPE, accept: '*/*' }, 'json'],
  ['Ruby', 'status', { 'content-type': JSON_TYPE, 'accept-encoding': 'gzip;q=1.0,deflate;q=0.6' }, 'json'],
  ['Ruby', 'delete', { 'content-type': FORM_TYPE, 'accept-encoding': 'gzip;q=1.0' }, 'form'],
  ['Ruby', 'liveness', { 'content-type': JSON_TYPE, 'user-agent': 'Ruby' }, 'json'],
  ['Ruby', 'result', { 'content-type': JSON_TYPE, 'user-agent': 'Ruby' }, 'json'],
  ['Java', 'status', { 'content-type': FORM_TYPE, accept: 'text/html, *; q=.2, */*; q=.2' }, 'form'],
  ['Java', 'delete', { 'content-type': FORM_TYPE, accept: 'text/html, *; q=.2, */*; q=.2' }, 'form'],
  ['Java', 'liveness', { 'content-type': JSON_TYPE, 'user-agent': 'Java-http-client/21' }, 'json'],
  ['Java', 'result', { 'content-type': JSON_TYPE }, 'json'],
  ['C#', 'status', { 'content-type': FORM_TYPE, expect: '100-continue' }, 'form'],
  ['C#, which calls its form text,', 'delete', { 'content-type': 'text/plain; charset=utf-8' }, 'form'],
  ['C#', 'liveness', { 'content-type': 'application/json; charset=utf-8' }, 'json'],
  ['C#', 'result', { 'content-type': 'application/json; charset=utf-8' }, 'json'],
  ['Go', 'status', { 'content-type': FORM_TYPE, 'accept-encoding': 'gzip' }, 'form'],
  ['Go', 'delete', { 'content-type': FORM_TYPE, 'accept-encoding': 'gzip' }, 'form'],
  ['Go', 'liveness', { 'content-type': JSON_TYPE, 'accept-encoding': 'gzip' }, 'json'],
  ['Go', 'result', { 'content-type': JSON_TYPE, 'accept-encoding': 'gzip' }, 'json'],
];

it.each(OTHERS)('000-8 001-30 takes what %s sends to /%s', async (_language, endpoint, headers, form) => {
  const { url, reference_id } = await listening();
  const fields = await fieldsOf(endpoint, reference_id);
  const [name, value] = credentialOf(endpoint);
  const text = await new Promise<string>((resolve, reject) => {
    const sending = request(`${url}/${endpoint}`, { method: 'POST', headers: { ...headers, [name]: value } });
    sending.once('error', reject);
    sending.once('response', (response) => {
      let received = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        received += chunk;
      });
      response.once('end', () => resolve(received));
    });
    sending.end(form === 'json' ? JSON.stringify(fields) : encoded(fields));
  });
  expectAnswer(endpoint, text);
});
