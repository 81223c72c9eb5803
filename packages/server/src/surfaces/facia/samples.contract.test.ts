import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, it } from 'vitest';
import { SAMPLE_BYTES } from './sample-bytes.contract.ts';
import {
  credentialOf,
  ENDPOINTS,
  encoded,
  expectAnswer,
  FORM_TYPE,
  fieldsOf,
  JSON_TYPE,
  listening,
} from './sample-endpoints.contract.ts';
import { SAMPLE_FORMS } from './sample-forms.contract.ts';
import { SAMPLE_PROGRAMS, type SampleProgram, sampleBody } from './sample-programs.contract.ts';
import { sendBytes } from './send-bytes.contract.ts';

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
    const fields = JSON.stringify(await fieldsOf(endpoint, reference_id), undefined, 1);
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

/** Whatever else is at hand; what these languages send is tried below wherever it is not. */
const PROGRAMS_HERE = SAMPLE_PROGRAMS.filter(({ probe: [name, ...parameters] }) => has(name, ...parameters));

describe.each(PROGRAMS_HERE.map((program) => [program.language, program] as const))('in %s', (_, program) => {
  it.each(ENDPOINTS)(
    '000-8 001-30 the sample of /%s works',
    async (endpoint) => {
      const { url, reference_id } = await listening();
      const body = sampleBody(program, endpoint, await fieldsOf(endpoint, reference_id));
      const [command, ...rest] = await readyToRun(program);
      const given = [`${url}/${endpoint}`, ...credentialOf(endpoint), ...body];
      const { stdout } = await run(command, [...rest, ...given]);
      expectAnswer(endpoint, stdout);
    },
    60_000,
  );
});

async function readyToRun({ command, file, source }: SampleProgram): Promise<[string, ...string[]]> {
  const path = join(await mkdtemp(join(tmpdir(), 'facegate-sample-')), file ?? 'sample');
  if (file !== undefined) await writeFile(path, source);
  const [name, ...parameters] = command;
  return [name, ...parameters.map((one) => (one === 'SOURCE' ? source : one === 'FILE' ? path : one))];
}

describe('the bytes that are sent', () => {
  it.each(SAMPLE_BYTES.map((sample) => [sample.language, sample.endpoint, sample] as const))(
    '000-8 001-30 by %s to /%s are taken',
    async (_language, endpoint, { head, bodyOf, isSplit = false }) => {
      const { url, reference_id } = await listening();
      const body = bodyOf(await fieldsOf(endpoint, reference_id));
      const lines = [`POST /${endpoint} HTTP/1.1`, ...head, '', ''].join('\r\n');
      const filled = lines.replace('HOST', new URL(url).host).replace('LENGTH', `${Buffer.byteLength(body)}`);
      expectAnswer(endpoint, await sendBytes(url, { head: filled, body, isSplit }));
    },
  );

  it.each(SAMPLE_FORMS)('001-30 by %s as a multipart form with a file are taken', async (_, form) => {
    const { url } = await listening();
    const { head, body } = form(await fieldsOf('liveness', ''));
    const lines = ['POST /liveness HTTP/1.1', 'Host: HOST', credentialOf('liveness').join(': '), ...head];
    const filled = [...lines, `Content-Length: ${Buffer.byteLength(body, 'latin1')}`, '', ''].join('\r\n');
    expectAnswer('liveness', await sendBytes(url, { head: filled, body, isSplit: true }));
  });
});
