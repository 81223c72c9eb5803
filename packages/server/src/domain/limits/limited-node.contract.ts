/**
 * A program for tests: a server on the database of the URL named first, with one route that only an account may ask
 * and one that strangers may. Says its port, and lives until it is killed.
 *
 * @module
 */
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import Fastify from 'fastify';
import { createAttemptCounters } from '../../adapters/postgres/attempt-counters.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { createQuotaCounters } from '../../adapters/postgres/quota-counters.ts';
import { createRateCounters } from '../../adapters/postgres/rate-counters.ts';
import { loadConfig } from '../../config/load.ts';
import { applyRate, countStranger } from '../../http/rate-limit.ts';
import type { Principal } from '../accounts/account.ts';
import type { AccountId } from '../enrolment/records.ts';
import { FaceError } from '../errors.ts';
import { createLimits } from './create-limits.ts';

const pool = await openPool(String(process.argv[2]), { connectionsMax: 8 });
const limits = createLimits(
  {
    rates: createRateCounters(pool),
    quotas: createQuotaCounters(pool),
    attempts: createAttemptCounters(pool),
  },
  loadConfig({}).limits,
);

const account = {
  id: 'one' as AccountId,
  mode: 'live',
  limits: { requestsPerMinute: {}, quotas: {} },
} as const;
const principal: Principal = { account, door: 'facia', space: account.id, credentialId: 'c', scopes: [] };

const app = Fastify();
app.setErrorHandler((error, _request, reply) =>
  reply.code(error instanceof FaceError && error.code === 'rate-limited' ? 429 : 500).send(),
);
app.get('/account', async (_request, reply) => {
  applyRate(reply, await limits.countRequest(principal));
  return 'answered';
});
app.register(async (scope) => {
  scope.addHook('onRequest', async (request, reply) => countStranger(request, reply, limits));
  scope.get('/stranger', async () => 'answered');
});
await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${(app.server.address() as AddressInfo).port}\n`);
