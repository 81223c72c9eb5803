import type { InstalledPack } from '@facegate/engine';
import { medianRow, type Row } from '@facegate/measurement';
import { type Composition, compose } from '@facegate/server/compose';
import { loadConfig } from '@facegate/server/config';
import { startServer } from '../../../e2e/src/server-process.ts';
import { newDataFolder } from '../data-folder.ts';
import { makePortraits, type Photo } from '../photos/portraits.ts';
import { syntheticTemplates } from '../search/synthetic-templates.ts';

/** People enrolled in bulk: as many as the promise about restarts speaks of. */
const PEOPLE = 100_000;
const BATCH = 1000;
const SINGLES = 300;
const RESTARTS = 5;

/**
 * The store that comes with facegate: how fast people are enrolled, in bulk and one by one, each on disk before it is
 * answered, and how soon a killed server searches all of them again.
 */
export async function measureStore(packs: readonly InstalledPack[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const pack of packs) rows.push(...(await measureOn(pack)));
  return rows;
}

async function measureOn(pack: InstalledPack): Promise<Row[]> {
  const settings = {
    FACEGATE_DATA: newDataFolder(pack),
    FACEGATE_PACK: pack.manifest.id,
    FACEGATE_LOG_LEVEL: 'error',
  };
  const named = (metric: string) => ({ suite: 'store', pack: pack.manifest.id, metric });
  const composition = await compose(loadConfig(settings), () => {});
  const enrol = await enrolling(composition).finally(() => composition.close());
  const [photo] = await makePortraits();
  if (photo === undefined) throw new Error('The portraits are missing.');
  const restartMs: number[] = [];
  for (let i = 0; i < RESTARTS; i++) restartMs.push(await restart(settings, photo));
  return [
    medianRow(named('bulk enrolment, templates/s'), enrol.bulkPerSecond),
    medianRow(named('one durable enrolment, ms'), enrol.singleMs),
    medianRow(named(`kill -9 to first search over ${PEOPLE} references, ms`), restartMs),
  ];
}

async function enrolling({ service }: Composition) {
  const { packId, templateDimension } = service.pack;
  const people = syntheticTemplates(templateDimension);
  const account = 'local' as Parameters<typeof service.enrolment.subject>[0];
  const requests = (from: number, to: number) => {
    const values = people.slice(from, to);
    return Array.from({ length: to - from }, (_, i) => {
      const template = values.subarray(i * templateDimension, (i + 1) * templateDimension);
      return {
        name: `person ${from + i}`,
        metadata: {},
        groupIds: [],
        template: { packId, values: template },
      };
    });
  };
  const bulkPerSecond: number[] = [];
  for (let at = 0; at < PEOPLE; at += BATCH) {
    const batch = requests(at, at + BATCH);
    const ms = await elapsed(() => service.enrolment.enrolTemplates(account, batch));
    bulkPerSecond.push((1000 * BATCH) / ms);
  }
  const singleMs: number[] = [];
  for (let at = PEOPLE; at < PEOPLE + SINGLES; at++) {
    const one = requests(at, at + 1);
    singleMs.push(await elapsed(() => service.enrolment.enrolTemplates(account, one)));
  }
  return { bulkPerSecond, singleMs };
}

/** From the start of the process after a kill to the answer of a search by picture. */
async function restart(settings: Readonly<Record<string, string>>, { jpeg }: Photo): Promise<number> {
  const body = JSON.stringify({ image: { content: jpeg.toString('base64') } });
  const killed = await startServer(settings);
  killed.signal('SIGKILL');
  await killed.ended;
  const started = performance.now();
  const server = await startServer(settings);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/api/search`, { method: 'POST', headers, body });
  const ms = performance.now() - started;
  if (!answer.ok) throw new Error(`The search was answered with ${answer.status}.`);
  await server.stop();
  return ms;
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
