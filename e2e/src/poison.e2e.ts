import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { clipOf } from './clips.ts';
import { clientSecretIn, faciaCalls, referenceIn } from './facia-calls.ts';
import { FrailWorkers, tellsChildren } from './frail-workers.ts';
import { createDataFolder } from './own-data-folder.ts';
import { facePicture } from './photographs.ts';
import { startServer } from './server-process.ts';
import { settled } from './settled.ts';

const ATTEMPTS = 3;
const SETTLED_WITHIN_MS = 200_000;
const SUBMIT_EVERY_MS = 2000;

const clip = clipOf(await facePicture());
const reasons = [
  ...(tellsChildren ? [] : ['this system does not tell what a process has started']),
  ...(clip ? [] : ['ffmpeg is not installed']),
];
const why = reasons.length > 0 ? ` (skipped: ${reasons.join(', ')})` : '';

test.skipIf(reasons.length > 0)(
  `a file that kills whoever decodes it kills three and has failed, while others are decided${why}`,
  { timeout: 300_000 },
  async () => {
    const folder = createDataFolder();
    const settings = { FACEGATE_DATA: folder, FACEGATE_WORKERS: '1', FACEGATE_SEARCH_THREADS: '1' };
    const limits = { FACEGATE_RATE_FACIA: '0', FACEGATE_RATE_STRANGERS: '0' };
    const server = await startServer({ ...settings, ...limits, FACEGATE_CASES_AT_ONCE: '0' });
    const workers = new FrailWorkers(settings);
    onTestFinished(async () => {
      await workers.stop().finally(server.stop);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    const calls = faciaCalls(server, clientSecretIn(server.said()));
    const photo = await facePicture();
    workers.start(2);

    const poison = referenceIn(await calls.submitClip(clip ?? photo));
    let isOver = false;
    const ended = settled(calls, poison, SETTLED_WITHIN_MS).finally(() => {
      isOver = true;
    });
    /** How often a worker had died when each of the others was decided. */
    const deaths: number[] = [];
    const others = (async () => {
      while (!isOver) {
        const other = await settled(calls, referenceIn(await calls.submit(photo)), SETTLED_WITHIN_MS);
        expect(other.deepfake_score).not.toBeNull();
        deaths.push(workers.kills);
        await new Promise((wake) => setTimeout(wake, SUBMIT_EVERY_MS));
      }
    })();
    const [result] = await Promise.all([ended, others]);
    await workers.stop();

    expect(workers.kills).toBe(ATTEMPTS);
    for (let death = 1; death <= ATTEMPTS; death++) expect(deaths).toContain(death);
    expect(result).toMatchObject({ status: 0, ...UNEXPLAINED, deepfake_score: null, declined_proof: null });
    expect(await calls.status(poison)).toMatchObject({
      status: 200,
      data: { status: 'DECLINED', ...UNEXPLAINED, quick_liveness_image: null, video: null },
    });
  },
);

const UNEXPLAINED = { decline_code: null, decline_reason: null };
