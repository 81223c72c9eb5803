import { expect, test } from 'vitest';
import { groupPicture } from './photographs.ts';
import { type DetectBody, detect, type MatchBody, match } from './regula-calls.ts';
import { type RunningServer, startServer } from './server-process.ts';

/** What the pictures say; times and identifiers of the request are left out. */
const essence = (matched: MatchBody, detected: DetectBody) =>
  JSON.stringify([
    matched.code,
    matched.detections,
    matched.results,
    detected.code,
    detected.results?.detections,
  ]);

async function answersOf(server: RunningServer): Promise<string> {
  const [matched, detected] = await Promise.all([
    match(server, groupPicture(1), groupPicture(4)),
    detect(server, groupPicture(5)),
  ]);
  return essence(matched.body, detected.body);
}

test('the same bytes get the same answer, over requests, restarts and numbers of workers', async () => {
  const seen = new Set<string>();
  for (const workers of ['1', '2', '2']) {
    const server = await startServer({ FACEGATE_WORKERS: workers });
    try {
      for (const answer of await Promise.all([answersOf(server), answersOf(server)])) seen.add(answer);
      seen.add(await answersOf(server));
    } finally {
      await server.stop();
    }
  }
  expect([...seen]).toHaveLength(1);
  expect([...seen][0]).toContain('similarity');
});
