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
  const engineWith = (workers: number) => createEngine({ packFolder: pack.folder, workers });
  const [one, two] = await Promise.all([engineWith(1), engineWith(2)]);
  try {
    return await measureInTurn(
      pack,
      'pictures/s in process',
      picturesPerSecond(one, photos),
      picturesPerSecond(two, photos),
    );
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}

async function measureServers(pack: InstalledPack, photos: readonly Photo[]): Promise<Row[]> {
  const serverWith = (workers: number) => startServer(settingsFor(pack, workers));
  const [one, two] = await Promise.all([serverWith(1), serverWith(2)]);
  const body = bodyOf(...photos);
  const memory = ({ pid }: RunningServer) => [peakMemoryBytes(pid) / MEBIBYTE];
  try {
    return [
      ...(await measureInTurn(
        pack,
        'match requests/s',
        requestsPerSecond(one, body),
        requestsPerSecond(two, body),
      )),
      medianRow(named(pack, 'peak RSS under load, 1 worker, MiB'), memory(one)),
      medianRow(named(pack, 'peak RSS under load, 2 workers, MiB'), memory(two)),
    ];
  } finally {
    await Promise.all([one.stop(), two.stop()]);
  }
}

/** With one worker and with two, round by round. */
async function measureInTurn(pack: InstalledPack, what: string, one: Rate, two: Rate): Promise<Row[]> {
  await one(WARM_UP_SECONDS);
  await two(WARM_UP_SECONDS);
  const pairs: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const single = await one(SECONDS);
    pairs.push([await two(SECONDS), single]);
  }
  return [
    medianRow(
      named(pack, `${what}, 1 worker`),
      pairs.map(([, single]) => single),
    ),
    medianRow(
      named(pack, `${what}, 2 workers`),
      pairs.map(([double]) => double),
    ),
    toRow(named(pack, `${what}, 2 workers ÷ 1`), medianRatio(pairs)),
  ];
}

const named = (pack: InstalledPack, metric: string) => ({
  suite: 'throughput',
  pack: pack.manifest.id,
  metric,
});

function picturesPerSecond(engine: Engine, photos: readonly Photo[]): Rate {
  const atOnce = PICTURES_PER_WORKER * engine.load().workers;
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
    await Promise.all(Array.from({ length: atOnce }, keepAsking));
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
