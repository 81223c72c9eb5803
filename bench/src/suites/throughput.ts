import { createEngine, type Engine, type InstalledPack } from '@facegate/engine';
import { medianRatio, medianRow, type Row, toRow } from '@facegate/measurement';
import autocannon from 'autocannon';
import { peakMemoryBytes, type RunningServer, startServer } from '../../../e2e/src/server-process.ts';
import { bodyOf, JSON_HEADERS, settingsFor } from '../match-over-http.ts';
import { makePortraits, type Photo } from '../photos/portraits.ts';

/** Each worker compiles its own loops. */
const WARM_UP_SECONDS = 15;
const SECONDS = 5;
const ROUNDS = 9;
/** Pictures in an engine's hands for each of its workers; requests in a server's. */
const PICTURES_PER_WORKER = 4;
const CONNECTIONS = 8;
const MEBIBYTE = 1024 * 1024;

/** Work of one kind a second. */
type Rate = (seconds: number) => Promise<number>;

/**
 * What a second worker is worth: pictures a second through an engine in this process, then matches of two pictures
 * through a server, each with one worker and with two in turn, and the peak memory of the servers. The client has the
 * same machine as the server; with other work to do it shows nothing: read it beside the load.
 */
export async function measureThroughput(packs: readonly InstalledPack[]): Promise<Row[]> {
  const photos = (await makePortraits()).slice(0, 2);
  const rows: Row[] = [];
  for (const pack of packs) {
    rows.push(...(await measureEngines(pack, photos)));
    rows.push(...(await measureServers(pack, photos)));
  }
  return rows;
}

async function measureEngines(pack: InstalledPack, photos: readonly Photo[]): Promise<Row[]> {
  const engines = await Promise.all(
    [1, 2].map((workers) => createEngine({ packFolder: pack.folder, workers })),
  );
  try {
    const rates = engines.map((engine, index) => picturesPerSecond(engine, photos, index + 1));
    return await compare(pack, 'pictures/s in process', rates);
  } finally {
    await Promise.all(engines.map((engine) => engine.close()));
  }
}

async function measureServers(pack: InstalledPack, photos: readonly Photo[]): Promise<Row[]> {
  const servers = await Promise.all([1, 2].map((workers) => startServer(settingsFor(pack, workers))));
  const body = bodyOf(...photos);
  try {
    const rates = servers.map((server) => requestsPerSecond(server, body));
    const rows = await compare(pack, 'match requests/s', rates);
    return [...rows, ...servers.map((server, index) => memoryRow(pack, server, index + 1))];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** Both in turn, round by round. */
async function compare(pack: InstalledPack, what: string, rates: readonly Rate[]): Promise<Row[]> {
  const [one, two] = rates;
  if (!one || !two) throw new Error('There are two to compare.');
  const pairs: [number, number][] = [];
  for (const rate of rates) await rate(WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round++) {
    const single = await one(SECONDS);
    pairs.push([await two(SECONDS), single]);
  }
  const named = (metric: string) => ({ suite: 'throughput', pack: pack.manifest.id, metric });
  return [
    medianRow(
      named(`${what}, 1 worker`),
      pairs.map(([, single]) => single),
    ),
    medianRow(
      named(`${what}, 2 workers`),
      pairs.map(([double]) => double),
    ),
    toRow(named(`${what}, 2 workers ÷ 1`), medianRatio(pairs)),
  ];
}

const memoryRow = (pack: InstalledPack, server: RunningServer, workers: number): Row =>
  medianRow(
    {
      suite: 'throughput',
      pack: pack.manifest.id,
      metric: `peak RSS under load, ${workers} worker${workers > 1 ? 's' : ''}, MiB`,
    },
    [peakMemoryBytes(server.pid) / MEBIBYTE],
  );

function picturesPerSecond(engine: Engine, photos: readonly Photo[], workers: number): Rate {
  return async (seconds) => {
    const started = performance.now();
    let done = 0;
    const keepAsking = async (_: unknown, index: number): Promise<void> => {
      const photo = photos[index % photos.length];
      while (photo && performance.now() < started + 1000 * seconds) {
        await engine.analyse(photo.jpeg, { faces: 'central', template: true });
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: PICTURES_PER_WORKER * workers }, keepAsking));
    return (1000 * done) / (performance.now() - started);
  };
}

function requestsPerSecond(server: RunningServer, body: Buffer): Rate {
  return async (seconds) => {
    const { errors, non2xx, requests, duration } = await autocannon({
      url: `${server.url}/api/match`,
      method: 'POST',
      headers: JSON_HEADERS,
      body,
      connections: CONNECTIONS,
      duration: seconds,
    });
    if (errors > 0 || non2xx > 0) {
      throw new Error(`Under load: ${errors} errors, ${non2xx} answers not 2xx.`);
    }
    return requests.total / duration;
  };
}
