import { describe, expect, it } from 'vitest';
import { openApp } from '../../../app-under-test.contract.ts';
import { VERSION } from '../../../version.ts';

const DEVICE = {
  app: 'facegate',
  licenseId: null,
  licenseSerial: null,
  licenseValidUntil: null,
  version: VERSION,
};

describe('the health addresses', () => {
  it('healthz and ping answer 200 with DeviceInfo', async () => {
    const { app } = openApp();
    for (const url of ['/api/healthz', '/api/ping']) {
      const response = await app.inject({ url });
      expect(response.statusCode).toBe(200);
      expect(response.json()).toEqual(DEVICE);
    }
  });

  it('readyz answers 200 without a body', async () => {
    const response = await openApp().app.inject({ url: '/api/readyz' });
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('');
  });

  it('readiness, the name of 6.3, answers 200 with an object', async () => {
    const response = await openApp().app.inject({ url: '/api/readiness' });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ ...DEVICE, ready: true });
  });

  it('tell nothing of the system when that is switched off', async () => {
    const { app } = openApp({ env: { FACEGATE_REGULA_SYSTEM_INFO: 'false' } });
    expect((await app.inject({ url: '/api/ping' })).json()).toEqual({});
    expect((await app.inject({ url: '/api/readiness' })).json()).toEqual({});
    expect((await app.inject({ url: '/api/healthz' })).json()).toEqual({ ...DEVICE, version: null });
  });
});
