import { setTimeout as delay } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { createCallers } from '../domain/audit/callers.ts';
import { type AccountId, LOCAL_ACCOUNT } from '../domain/enrolment/records.ts';
import { followCallers } from './callers.ts';

async function listening() {
  const app = Fastify({ genReqId: (request) => String(request.headers['x-id']) });
  const callers = createCallers();
  followCallers(app, callers);
  app.addHook('onRequest', async (request) => {
    const { 'x-credential': actor } = request.headers;
    if (typeof actor === 'string') callers.actAs({ account: 'theirs' as AccountId, actor });
  });
  app.post('/', async () => {
    await delay(5);
    return callers.current();
  });
  onTestFinished(() => app.close());
  return app.listen({ port: 0 });
}

it('knows the caller of each of many requests at once, on connections that are used again', async () => {
  const url = await listening();
  const ask = async (id: number, credential?: string) => {
    const headers = {
      'x-id': `${id}`,
      'content-type': 'application/json',
      ...(credential !== undefined && { 'x-credential': credential }),
    };
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ id: 'x'.repeat(100_000) }),
    });
    return answer.json();
  };
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => ask(i, i % 2 === 0 ? `credential ${i}` : undefined)),
    );
    for (const [i, answer] of answers.entries()) {
      expect(answer).toEqual({
        requestId: `${i}`,
        ...(i % 2 === 0
          ? { account: 'theirs', actor: `credential ${i}` }
          : { account: LOCAL_ACCOUNT, actor: 'open' }),
      });
    }
  }
});
