import { once } from 'node:events';
import { connect } from 'node:net';
import { drawPicture } from '@facegate/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { openApp } from '../app-under-test.contract.ts';

it('refuses a body that does not fit beside those in memory, and takes it once there is room', async () => {
  let arrive: () => void = () => {};
  let open: () => void = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { app } = openApp({
    env: { FACEGATE_BODIES_BYTES_MAX: '4096' },
    engine: {
      gate: () => {
        arrive();
        return opened;
      },
    },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const image = (await drawPicture([{ identity: 1, x: 5, y: 5 }])).toString('base64');
  const body = JSON.stringify({ image, tag: 'x'.repeat(2500) });
  const detect = (payload = body) =>
    fetch(`${url}/api/detect`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: payload,
    });

  const first = detect();
  await arrived;
  const second = await detect();
  expect(second.status).toBe(503);
  expect(second.headers.get('retry-after')).toBe('1');
  expect(await second.json()).toMatchObject({ code: 253 });
  expect((await fetch(`${url}/api/healthz`)).status).toBe(200);
  const astray = await fetch(`${url}/api/nothing`, { method: 'POST', body });
  expect(astray.status).toBe(404);
  open();
  expect((await first).status).toBe(200);
  expect((await detect()).status).toBe(200);
});

it('lets a body above the budget in when it is alone', async () => {
  const { app } = openApp({ env: { FACEGATE_BODIES_BYTES_MAX: '2048' } });
  const payload = { image: '', tag: 'x'.repeat(5000) };
  const response = await app.inject({ method: 'POST', url: '/api/detect', payload });
  expect(response.json()).toMatchObject({ code: 1 });
});

it.each([
  ['a length', 'Content-Length: 5000'],
  ['chunks', 'Transfer-Encoding: chunked'],
])('keeps nobody out for callers who announce %s and send nothing', async (_name, header) => {
  const { app } = openApp({ env: { FACEGATE_BODIES_BYTES_MAX: '4096' } });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const idlers = Array.from({ length: 3 }, () => connect(Number(new URL(url).port), '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of idlers) socket.destroy();
  });
  const arrivals = Promise.all(
    idlers.map(async (socket) => {
      socket.write(`POST /api/detect HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n${header}\r\n\r\n`);
      // The answer "100 Continue" tells that the request has been taken in.
      await once(socket, 'data');
    }),
  );
  await arrivals;
  const response = await fetch(`${url}/api/detect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image: '' }),
  });
  expect(response.status).toBe(200);
});

it('forgets the bytes of callers who hang up in the middle', async () => {
  const { app } = openApp({ env: { FACEGATE_BODIES_BYTES_MAX: '4096' } });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  for (let i = 0; i < 4; i++) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const closed = once(app.server, 'connection').then(
      // Not `once`: a body cut short also makes an 'error' of the connection, and that is no failure here.
      ([served]) => new Promise<void>((resolve) => void served.on('close', resolve)),
    );
    socket.write(`POST /api/detect HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`);
    socket.end(`Content-Length: 5000\r\n\r\n${'x'.repeat(3000)}`);
    await closed;
  }
  const payload = { image: '', tag: 'x'.repeat(3000) };
  const response = await fetch(`${url}/api/detect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  expect(response.status).toBe(200);
});

it.each([
  ['an unknown address', '/api/nothing', 'application/json', 5000],
  ['another content type', '/api/detect', 'text/plain', 5000],
  ['an announced length above the limit', '/api/detect', 'application/json', 90_000],
])('outlives callers who hang up in the middle of a body for %s', async (_name, path, type, length) => {
  const { app } = openApp({ env: { FACEGATE_BODY_BYTES_MAX: '60000' } });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const closed = once(app.server, 'connection').then(
    ([served]) => new Promise<void>((resolve) => void served.on('close', resolve)),
  );
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n`);
  socket.write(`Content-Length: ${length}\r\n\r\n${'x'.repeat(3000)}`);
  await once(socket, 'data');
  socket.destroy();
  await closed;
  expect((await fetch(`${url}/api/healthz`)).status).toBe(200);
});

it('reads on, and throws away, what it has refused: the connection stays of use', async () => {
  const { app } = openApp();
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const length = 3_000_000;
  socket.write('POST /api/detect HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n');
  socket.write(`Content-Length: ${length}\r\n\r\n${'x'.repeat(length)}`);
  socket.write('GET /api/readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  let heard = '';
  for await (const chunk of socket) heard += String(chunk);
  expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 415', 'HTTP/1.1 200']);
});
