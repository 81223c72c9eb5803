import type { FastifyInstance } from 'fastify';
import type { RegulaContext } from '../context.ts';
import type { DeviceInfo } from '../wire/answers.ts';

/**
 * `GET /api/healthz`, `/api/ping` (alive), `/api/readyz`, `/api/readiness` (ready for work).
 *
 * The vendor ties readiness to a licence; here there is none, so a process is ready from its first answer until it
 * begins to close.
 */
export function registerHealth(app: FastifyInstance, { tools, options }: RegulaContext): void {
  const device = deviceInfo(options);
  app.get('/api/healthz', async () => device);
  app.get('/api/ping', async () => (options.systemInfo ? device : {}));
  app.get('/api/readyz', async (_request, reply) => reply.code(tools.isReady() ? 200 : 400).send());
  app.get('/api/readiness', async (_request, reply) => {
    const ready = tools.isReady();
    return reply.code(ready ? 200 : 400).send(options.systemInfo ? { ...device, ready } : {});
  });
}

/** `DeviceInfo` requires every key; without a licence three are null. */
const deviceInfo = ({ version, systemInfo }: DeviceInfoSource): DeviceInfo => ({
  app: 'facegate',
  licenseId: null,
  licenseSerial: null,
  licenseValidUntil: null,
  version: systemInfo ? version : null,
});

type DeviceInfoSource = Pick<RegulaContext['options'], 'version' | 'systemInfo'>;
