import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { createFileScratch } from '../adapters/filesystem/scratch.ts';
import { beginForm } from './begun-form.contract.ts';
import { limitBodies } from './body-budget.ts';
import { FormFile } from './form-file.ts';
import { acceptForms } from './forms.ts';
import { HttpError } from './http-error.ts';
import { limitUploads } from './uploads.ts';

const MIB = 1_048_576;
const LIMITS = { bodyBytesMax: 5.5 * MIB, fileBytesMax: 3 * MIB, files: 2 };

interface Bounds {
  readonly bodies?: number;
  readonly uploads?: number;
}

/** A server that tells of each file where it lay, its size and its sum, when it is told to. */
async function listening({ bodies = 100 * MIB, uploads = 100 * MIB }: Bounds = {}) {
  const folder = join(await mkdtemp(join(tmpdir(), 'facegate-uploads-')), 'scratch');
  let handled = async () => {};
  const app = Fastify({ bodyLimit: LIMITS.bodyBytesMax });
  limitBodies(app, bodies);
  app.register(async (scope) => {
    acceptForms(scope, {
      encodedFields: new Set(),
      limits: LIMITS,
      uploads: limitUploads(createFileScratch(folder), uploads),
    });
    scope.post('/', async ({ body }) => {
      const told = await Promise.all(
        Object.entries(body as object).map(async ([name, file]) => [name, await tell(file)]),
      );
      await handled();
      return Object.fromEntries(told);
    });
  });
  onTestFinished(() => app.close());
  const url = await app.listen({ port: 0 });
  return {
    url,
    folder,
    /** What lies on disk. */
    lying: () => readdir(folder).catch(() => []),
    /** How much of it. */
    lyingBytes: async () => {
      const names = await readdir(folder).catch(() => []);
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    /** What a handler does once it has read everything. */
    onHandled: (work: () => Promise<void>) => {
      handled = work;
    },
    send: async (form: FormData) => {
      const response = await fetch(url, { method: 'POST', body: form });
      // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
      return { status: response.status, body: (await response.json()) as any };
    },
  };
}

async function tell(file: unknown) {
  if (!(file instanceof FormFile)) return file;
  const { content, sizeBytes, head } = file;
  if (content instanceof Uint8Array) return { place: 'memory', sizeBytes, sum: sumOf([content]) };
  const pieces: Uint8Array[] = [];
  for await (const piece of content.read()) pieces.push(piece);
  return { place: 'file', sizeBytes, head: head.length, sum: sumOf(pieces) };
}

const sumOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((sum, piece) => piece.reduce((s, byte) => s + byte, sum), 0);

function formOf(...sizes: readonly number[]): FormData {
  const form = new FormData();
  for (const [i, size] of sizes.entries()) {
    form.append(`f${i}`, new Blob([Buffer.alloc(size, 3)]), 'a.mp4');
  }
  return form;
}

it('keeps files up to a mebibyte in memory, and larger ones on disk until they are answered', async () => {
  const { send, onHandled, lying, folder } = await listening();
  const lay: string[] = [];
  onHandled(async () => void lay.push(...(await lying())));
  expect((await send(formOf(MIB, MIB + 1))).body).toEqual({
    f0: { place: 'memory', sizeBytes: MIB, sum: 3 * MIB },
    f1: { place: 'file', sizeBytes: MIB + 1, head: 64, sum: 3 * (MIB + 1) },
  });
  expect(lay).toHaveLength(1);
  expect(await lying()).toEqual([]);
  onHandled(async () => {
    const [name = ''] = await lying();
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    throw new HttpError(400, 'of the handler');
  });
  expect((await send(formOf(2 * MIB))).body.message).toBe('of the handler');
  expect(await lying()).toEqual([]);
});

it.each([
  ['a file above the limit', formOf(3 * MIB + 1), 413],
  ['files of which the second is above it', formOf(2 * MIB, 3 * MIB + 1), 413],
  ['a body above the limit', formOf(3 * MIB, 3 * MIB), 413],
  ['one file too many behind large ones', formOf(2 * MIB, 2 * MIB, 1), 400],
])('refuses %s, and leaves no file', async (_title, form, status) => {
  const { send, lying } = await listening();
  const { status: answered } = await send(form);
  expect(answered).toBe(status);
  await expect.poll(lying).toEqual([]);
});

it('leaves no file when the caller hangs up in the middle of one', async () => {
  const { url, lying, send } = await listening();
  const gone = beginForm(url, 2 * MIB);
  await expect.poll(lying).toHaveLength(1);
  gone.hangUp();
  expect(await gone.answered).toBeUndefined();
  await expect.poll(lying).toEqual([]);
  expect((await send(formOf(2 * MIB))).status).toBe(200);
});

it('leaves no file when the caller hangs up while it is worked on', async () => {
  const { url, lying, onHandled } = await listening();
  let letGo = () => {};
  const waiting = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let isHandled = false;
  onHandled(() => {
    isHandled = true;
    return waiting;
  });
  const gone = beginForm(url, 2 * MIB);
  gone.end();
  await expect.poll(() => isHandled).toBe(true);
  gone.hangUp();
  await gone.answered;
  // Who works on it may still read it.
  expect(await lying()).toHaveLength(1);
  letGo();
  await expect.poll(lying).toEqual([]);
});

it('does not count what lies on disk against the budget of bodies in memory', async () => {
  const { url, send, lyingBytes } = await listening({ bodies: 2 * MIB });
  const slow: ReturnType<typeof beginForm>[] = [];
  for (let begun = 1; begun <= 3; begun++) {
    slow.push(beginForm(url, 2 * MIB));
    await expect.poll(lyingBytes).toBeGreaterThan((2 * begun - 0.2) * MIB);
  }
  expect((await send(formOf(MIB))).status).toBe(200);
  for (const one of slow) one.end();
  expect(await Promise.all(slow.map(({ answered }) => answered))).toEqual([200, 200, 200]);
});

it('refuses a file that does not fit on disk beside the others, and takes it once there is room', async () => {
  const { url, send, lying, lyingBytes } = await listening({ uploads: 3 * MIB });
  const slow = beginForm(url, 2 * MIB);
  await expect.poll(lyingBytes).toBeGreaterThan(1.8 * MIB);
  const another = async () => (await send(formOf(2 * MIB))).body.message;
  await expect.poll(another).toMatch(/at its limit/);
  slow.end();
  expect(await slow.answered).toBe(200);
  await expect.poll(another).toBeUndefined();
  await expect.poll(lying).toEqual([]);
});
