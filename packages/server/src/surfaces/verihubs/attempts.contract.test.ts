import { expect, it } from 'vitest';
import { createAttemptCounters } from '../../adapters/postgres/attempt-counters.ts';
import { createQuotaCounters } from '../../adapters/postgres/quota-counters.ts';
import { createRateCounters } from '../../adapters/postgres/rate-counters.ts';
import { loadConfig } from '../../config/load.ts';
import { createLimits } from '../../domain/limits/create-limits.ts';
import { useStore } from '../../server-in-use.contract.ts';
import { ANNA, BORIS, of, openVerihubs } from './verihubs-app.contract.ts';

const store = useStore();
const BONA_FIDE = {
  outcome: 'bona-fide',
  attackProbability: 0.01,
  assurance: 'normal',
  evidence: [],
} as const;

/** The limits of a server without settings, on a clock that a test sets. */
function openDefaultLimits() {
  const time = { now: Date.now() };
  const clock = { now: () => new Date(time.now) };
  const parts = {
    rates: createRateCounters(store.pool, clock),
    quotas: createQuotaCounters(store.pool),
    attempts: createAttemptCounters(store.pool, clock),
  };
  const realLimits = createLimits(parts, loadConfig({}).limits);
  const pass = (seconds: number) => {
    time.now += 1000 * seconds;
  };
  return { realLimits, pass };
}

it.each([
  [5, 'liveness is not checked', {}],
  [10, 'liveness is checked', { is_liveness: true, validate_liveness: true }],
])('after %i failures where %s a subject must wait 30 s, and no other', async (most, _title, switches) => {
  const { realLimits, pass } = openDefaultLimits();
  const { ask } = openVerihubs({ realLimits, engine: { presentationAttack: BONA_FIDE } });
  await ask('enroll', { image: await of(ANNA), subject_id: 'anna' });
  await ask('enroll', { image: await of(BORIS), subject_id: 'boris' });
  const asAnna = { ...switches, subject_id: 'anna' };
  const wrong = { ...asAnna, image: await of(BORIS) };
  for (let i = 0; i < most; i++) expect((await ask('verify', wrong)).body.error_code).toBe('FAIL_ON_16');
  const { status, body, headers } = await ask('verify', wrong);
  expect([status, body.error_code, headers['retry-after']]).toEqual([429, 'TOO_MANY_REQUESTS', '30']);
  const boris = await ask('verify', { ...wrong, subject_id: 'boris' });
  expect(boris.body.similarity_status).toBe(true);
  pass(29);
  expect((await ask('verify', { ...asAnna, image: await of(ANNA) })).headers['retry-after']).toBe('1');
  pass(1);
  expect((await ask('verify', { ...asAnna, image: await of(ANNA) })).body.similarity_status).toBe(true);
  expect((await ask('verify', wrong)).body.error_code).toBe('FAIL_ON_16');
});
