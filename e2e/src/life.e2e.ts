import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDataFolder } from './own-data-folder.ts';
import { groupPicture } from './photographs.ts';
import { detect } from './regula-calls.ts';
import { peakMemoryBytes, startRefused, startServer } from './server-process.ts';

const GIBIBYTE = 1024 ** 3;

test('a stop signal under load: what was accepted is answered, then the process ends with 0', async () => {
  // Ample time: the promise is that all is answered, not how fast this machine is.
  const server = await startServer({ FACEGATE_WORKERS: '1', FACEGATE_CLOSE_TIMEOUT_MS: '90000' });
  const asked = Array.from({ length: 12 }, () =>
    detect(server, groupPicture(6)).then(
      ({ status, body }) => ({ status, faces: body.results?.detections.length }),
      // Refused at the door because the stop came first: the caller knows at once and may go elsewhere.
      () => ({ status: 0, faces: undefined }),
    ),
  );
  await Promise.race(asked);
  server.signal('SIGTERM');
  const answers = await Promise.all(asked);
  expect(await server.ended).toBe(0);
  const answered = answers.filter(({ status }) => status === 200);
  expect(answered.length).toBeGreaterThan(1);
  for (const { faces } of answered) expect(faces).toBe(4);
  expect(answers.filter(({ status }) => ![200, 503, 0].includes(status))).toEqual([]);
});

test('a flood is refused with 503 and Retry-After while memory stays bounded, and service goes on', async () => {
  const server = await startServer({ FACEGATE_WORKERS: '1', FACEGATE_QUEUE_MAX: '4' });
  try {
    const answers = await Promise.all(Array.from({ length: 60 }, () => detect(server, groupPicture(6))));
    const refused = answers.filter(({ status }) => status === 503);
    const served = answers.filter(({ status }) => status === 200);
    expect(refused.length + served.length).toBe(60);
    expect(refused.length).toBeGreaterThan(20);
    expect(served.length).toBeGreaterThanOrEqual(5);
    for (const { headers } of refused) expect(headers.get('retry-after')).toMatch(/^\d+$/);
    // Refusal costs no work: the last refused caller did not wait for the queue to drain.
    const slowestServed = Math.max(...served.map(({ elapsedMs }) => elapsedMs));
    const medianRefused = refused.map(({ elapsedMs }) => elapsedMs).sort((a, b) => a - b)[
      refused.length >> 1
    ];
    expect(medianRefused).toBeLessThan(slowestServed);
    expect(peakMemoryBytes(server.pid)).toBeLessThan(GIBIBYTE);
    expect((await detect(server, groupPicture(6))).status).toBe(200);
  } finally {
    await server.stop();
  }
});

test('a wrong configuration lists every problem, one line each, and refuses to start', async () => {
  const { exit, said } = await startRefused({
    FACEGATE_PORT: 'eighty',
    FACEGATE_WORKERS: '0',
    FACEGATE_LOG_LEVEL: 'chatty',
    FACEGATE_COLOUR: 'blue',
  });
  expect(exit).toBe(78);
  for (const name of ['FACEGATE_PORT', 'FACEGATE_WORKERS', 'FACEGATE_LOG_LEVEL', 'FACEGATE_COLOUR']) {
    expect(said.split('\n').filter((line) => line.includes(name))).toHaveLength(1);
  }
});

test('a pack that is not installed is named, with what to do, and the server refuses to start', async () => {
  const data = mkdtempSync(join(tmpdir(), 'facegate-e2e-'));
  try {
    const { exit, said } = await startRefused({ FACEGATE_DATA: data, FACEGATE_PACK: 'unheard-of' });
    expect(exit).toBe(1);
    expect(said).toContain('unheard-of');
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

test('a taken port and a data folder in use are said in words', async () => {
  const server = await startServer();
  const otherFolder = createDataFolder();
  try {
    const port = new URL(server.url).port;
    const taken = await startRefused({ FACEGATE_PORT: port, FACEGATE_DATA: otherFolder });
    expect(taken.exit).toBe(1);
    expect(taken.said).toContain(port);
    const inUse = await startRefused({ FACEGATE_PORT: '0' });
    expect(inUse.exit).toBe(1);
    expect(inUse.said).toContain(String(server.pid));
    for (const { said } of [taken, inUse]) expect(said).not.toMatch(/^\s+at /m);
  } finally {
    await server.stop();
    rmSync(otherFolder, { recursive: true, force: true });
  }
});

test('health, readiness, metrics and unknown paths answer', async () => {
  const server = await startServer();
  try {
    const statuses: Record<string, number> = {};
    for (const path of [
      '/api/healthz',
      '/api/readyz',
      '/api/readiness',
      '/api/ping',
      '/metrics',
      '//api//ping',
      '/nowhere',
    ]) {
      statuses[path] = (await fetch(server.url + path)).status;
    }
    expect(statuses).toEqual({
      '/api/healthz': 200,
      '/api/readyz': 200,
      '/api/readiness': 200,
      '/api/ping': 200,
      '/metrics': 200,
      '//api//ping': 200,
      '/nowhere': 404,
    });
  } finally {
    await server.stop();
  }
});
