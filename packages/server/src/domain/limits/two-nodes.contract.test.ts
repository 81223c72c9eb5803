import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useServer } from '../../server-in-use.contract.ts';
import { openStore } from '../../store-under-test.contract.ts';

interface Node {
  readonly url: string;
  kill(): Promise<unknown>;
}

const server = useServer();
let nodes: readonly [Node, Node];
beforeAll(async () => {
  const url = await server.createDatabase();
  const store = await openStore(url);
  await store.close();
  nodes = await Promise.all([startNode(url), startNode(url)]);
}, 120_000);
afterAll(async () => {
  await Promise.all((nodes ?? []).map((node) => node.kill()));
});

/** A facegate in a process of its own. */
async function startNode(databaseUrl: string): Promise<Node> {
  const program = fileURLToPath(new URL('limited-node.contract.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [said] = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('It ended at once.'))),
  ]);
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { url: `http://127.0.0.1:${Number(String(said))}`, kill };
}

/** 20 clients, every other one on the second node, each asking `times` times, one after the other. */
async function askInParallel(path: string, times: number): Promise<Response[]> {
  const clients = Array.from({ length: 20 }, async (_, i) => {
    const responses: Response[] = [];
    for (let n = 0; n < times; n++) responses.push(await fetch(`${nodes[i % 2 === 0 ? 0 : 1].url}${path}`));
    return responses;
  });
  return (await Promise.all(clients)).flat();
}

const withStatus = (responses: readonly Response[], status: number) =>
  responses.filter((response) => response.status === status);

it('two processes on one database answer the 60th request of an account and refuse the 61st', async () => {
  const responses = await askInParallel('/account', 5);
  const answered = withStatus(responses, 200);
  expect(
    answered.map(({ headers }) => Number(headers.get('x-ratelimit-remaining'))).sort((a, b) => b - a),
  ).toEqual(Array.from({ length: 60 }, (_, i) => 59 - i));
  const refused = withStatus(responses, 429);
  expect(refused).toHaveLength(40);
  for (const { headers } of refused) {
    const [limit, remaining, retryAfter, reset] = [
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'retry-after',
      'x-ratelimit-reset',
    ].map((name) => Number(headers.get(name)));
    expect([limit, remaining]).toEqual([60, 0]);
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(Math.abs(Number(reset) - Date.now() / 1000 - 30)).toBeLessThan(32);
  }
});

it('two processes on one database answer the 300th stranger of an address and refuse the 301st', async () => {
  const responses = await askInParallel('/stranger', 16);
  expect(withStatus(responses, 200)).toHaveLength(300);
  expect(withStatus(responses, 429)).toHaveLength(20);
});
