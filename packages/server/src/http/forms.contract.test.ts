import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { beginForm } from './begun-form.contract.ts';
import { limitBodies } from './body-budget.ts';
import { FormFile } from './form-file.ts';
import { acceptForms } from './forms.ts';

const LIMITS = { bodyBytesMax: 300_000, fileBytesMax: 200_000, files: 2 };

/** A server that tells what it read; a file as its name, size and first letter. */
async function listening(bodiesBytesMax = 10_000_000) {
  const app = Fastify({ bodyLimit: LIMITS.bodyBytesMax });
  limitBodies(app, bodiesBytesMax);
  app.register(async (scope) => {
    acceptForms(scope, { encodedFields: new Set(), limits: LIMITS, uploads: undefined });
    scope.post('/', async ({ body }) =>
      JSON.parse(
        JSON.stringify(body ?? null, (_key, value) =>
          value instanceof FormFile ? [value.name, value.sizeBytes, value.head[0]] : value,
        ),
      ),
    );
  });
  onTestFinished(() => app.close());
  const url = await app.listen({ port: 0 });
  const send = async (body: RequestInit['body'], headers: Record<string, string> = {}) => {
    const response = await fetch(url, { method: 'POST', body: body ?? null, headers });
    // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
    return { status: response.status, body: (await response.json()) as any };
  };
  return Object.assign(send, { url });
}

const file = (sizeBytes: number) => new Blob([Buffer.alloc(sizeBytes, 'x')]);

function formOf(parts: readonly (readonly [string, string | Blob, string?])[]): FormData {
  const form = new FormData();
  for (const [name, value, fileName] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, fileName);
  }
  return form;
}

const URL_ENCODED = { 'content-type': 'application/x-www-form-urlencoded' };
const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

it('reads the same fields from JSON, both kinds of form, text and a body without a type', async () => {
  const send = await listening();
  const fields = { a: '1', b: 'x=y &é' };
  const encoded = `${new URLSearchParams(fields)}`;
  const json = JSON.stringify(fields);
  const type = { 'content-type': 'application/json' };
  expect((await send(json, type)).body).toEqual(fields);
  expect((await send(encoded, URL_ENCODED)).body).toEqual(fields);
  expect((await send(formOf(Object.entries(fields)))).body).toEqual(fields);
  for (const text of [encoded, json, `  ${json}`]) {
    expect((await send(text, TEXT)).body).toEqual(fields);
    expect((await send(Buffer.from(text))).body).toEqual(fields);
  }
});

it('keeps of a repeated field the last, and knows no magic names', async () => {
  const send = await listening();
  expect((await send('a=1&a=2&__proto__=x&constructor=y', URL_ENCODED)).body).toEqual(
    Object.fromEntries([
      ['a', '2'],
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]),
  );
});

it('reads files of every size up to the limit whole, and never takes their name for a path', async () => {
  const send = await listening();
  for (const sizeBytes of [0, 1, 65_536, 100_001, 200_000]) {
    const { status, body } = await send(formOf([['f', file(sizeBytes), '../../etc/a.jpg']]));
    expect([status, body.f.slice(0, 2)]).toEqual([200, ['a.jpg', sizeBytes]]);
  }
});

it.each([
  ['a file above the limit', () => formOf([['f', file(200_001), 'a.jpg']]), 413],
  ['files that together are above the limit of a body', () => twoOf(160_000), 413],
  ['three files', () => formOf(['a', 'b', 'c'].map((name) => [name, file(1), 'a.jpg'])), 400],
  ['more than twenty parts', () => formOf(Array.from({ length: 21 }, (_, i) => [`f${i}`, 'x'])), 400],
  ['a text of more than a mebibyte', () => formOf([['f', 'x'.repeat(1_048_577)]]), 413],
])('refuses %s, and answers the next request', async (_title, bodyOf, status) => {
  const send = await listening();
  expect((await send(bodyOf())).status).toBe(status);
  expect((await send('a=1', URL_ENCODED)).body).toEqual({ a: '1' });
});

const twoOf = (sizeBytes: number) =>
  formOf([
    ['a', file(sizeBytes), 'a.jpg'],
    ['b', file(sizeBytes), 'b.jpg'],
  ]);

it.each([
  ['without a boundary', 'multipart/form-data', 'x'],
  ['that is none', 'multipart/form-data; boundary=x', 'nothing of it'],
  [
    'cut off in a part',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nab',
  ],
  [
    'cut off in a file',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="a"; filename="a.jpg"\r\n\r\nab',
  ],
])('refuses a multipart body %s', async (_title, type, body) => {
  const send = await listening();
  expect((await send(body, { 'content-type': type })).status).toBe(400);
});

it('refuses forms of very many fields, other types, and compressed bodies', async () => {
  const send = await listening();
  expect((await send('a&'.repeat(100), URL_ENCODED)).status).toBe(400);
  expect((await send('<a/>', { 'content-type': 'application/xml' })).status).toBe(415);
  expect((await send('x', { ...URL_ENCODED, 'content-encoding': 'gzip' })).status).toBe(415);
});

it('counts a file against the budget of all bodies while it arrives', async () => {
  const send = await listening(150_000);
  const slow = beginForm(send.url, 100_000);
  const other = async () => (await send(formOf([['f', file(100_000), 'a.jpg']]))).body.message;
  await expect.poll(other).toMatch(/at its limit/);
  slow.end();
  expect(await slow.answered).toBe(200);
  await expect.poll(other).toBeUndefined();
});

it('bears it that a caller hangs up in the middle of a file', async () => {
  const send = await listening();
  const gone = beginForm(send.url, 100_000);
  await send('a=1', URL_ENCODED);
  gone.hangUp();
  expect(await gone.answered).toBeUndefined();
  expect((await send('a=1', URL_ENCODED)).body).toEqual({ a: '1' });
});
