import { drawPicture } from '@facegate/testkit';
import { expect, it } from 'vitest';
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
