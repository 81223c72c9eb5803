import { Agent, request } from 'node:http';
import { compare, createEngine, type Engine, type InstalledPack } from '@facegate/engine';
import { medianRow, type Row } from '@facegate/measurement';
import { type RunningServer, startServer } from '../../../e2e/src/server-process.ts';
import { bodyOf, JSON_HEADERS, settingsFor } from '../match-over-http.ts';
import { makePortraits, type Photo } from '../photos/portraits.ts';

/** Enough for V8 to have compiled the loops on both sides. */
const WARM_UP_ROUNDS = 160;
const ROUNDS = 120;

/**
 * What the server adds to the engine: one match request against the same two pictures handed to an engine in this
 * process, in turn, one worker each. Two processes of one machine are seldom as fast as each other, by more than what is
 * looked for; so the time beyond each engine's own stages is compared.
 */
export async function measureHttp(packs: readonly InstalledPack[]): Promise<Row[]> {
  const [first, second] = await makePortraits();
  if (!first || !second) throw new Error('The portraits are missing.');
  const rows: Row[] = [];
  for (const pack of packs) rows.push(...(await measureOverhead(pack, first, second)));
  return rows;
}

async function measureOverhead(pack: InstalledPack, first: Photo, second: Photo): Promise<Row[]> {
  const named = (metric: string) => ({ suite: 'http', pack: pack.manifest.id, metric });
  const engine = await createEngine({ packFolder: pack.folder, workers: 1 });
  const server = await startServer(settingsFor(pack, 1));
  const body = bodyOf(first, second);
  const rounds: { readonly own: Match; readonly http: Match }[] = [];
  try {
    for (let index = -WARM_UP_ROUNDS; index < ROUNDS; index++) {
      const own = await timed(() => matchInProcess(engine, first, second));
      const before = await stageMsOf(server);
      const http = await timed(() => matchOverHttp(server, body));
      const spent = (await stageMsOf(server)) - before;
      if (index < 0) continue;
      rounds.push({
        own: { wallMs: own.wallMs, stagesMs: own.answer },
        http: { wallMs: http.wallMs, stagesMs: spent },
      });
    }
  } finally {
    await Promise.all([engine.close(), server.stop()]);
  }
  const beyond = ({ wallMs, stagesMs }: Match) => wallMs - stagesMs;
  const figures = {
    'match of two pictures in process, ms': ({ own }) => own.wallMs,
    '… beyond the stages of the engine, ms': ({ own }) => beyond(own),
    'match of two pictures over HTTP, ms': ({ http }) => http.wallMs,
    '… beyond the stages of its engine, ms': ({ http }) => beyond(http),
    'HTTP adds, %': ({ own, http }) => (100 * (beyond(http) - beyond(own))) / own.wallMs,
  } satisfies Record<string, (round: (typeof rounds)[number]) => number>;
  return Object.entries(figures).map(([metric, of]) => medianRow(named(metric), rounds.map(of)));
}

/** One match: from asking to the answer, and what the engine spent in its stages. */
interface Match {
  readonly wallMs: number;
  readonly stagesMs: number;
}

async function timed<T>(work: () => Promise<T>): Promise<{ wallMs: number; answer: T }> {
  const started = performance.now();
  const answer = await work();
  return { wallMs: performance.now() - started, answer };
}

/** All stages of all pictures so far. */
async function stageMsOf({ url }: RunningServer): Promise<number> {
  const figures = await (await fetch(`${url}/metrics`)).text();
  const sums = figures.matchAll(/^facegate_stage_duration_seconds_sum\{[^}]*\} (\S+)$/gm);
  return [...sums].reduce((total, [, seconds]) => total + 1000 * Number(seconds), 0);
}

/** @returns what the stages of both took, milliseconds. */
async function matchInProcess(engine: Engine, ...photos: readonly Photo[]): Promise<number> {
  const images = await Promise.all(
    photos.map(({ jpeg }) => engine.analyse(jpeg, { faces: 'central', template: true })),
  );
  const [probe, reference] = images.map((image) => image.faces[0]?.template);
  if (!probe || !reference) throw new Error('A face was not found.');
  compare(probe, reference);
  return images.flatMap(({ stageMs }) => Object.values(stageMs)).reduce((total, ms) => total + ms, 0);
}

/** By Node's plain client, without streams around it: `fetch` takes a millisecond and more of its own for such bodies. */
async function matchOverHttp(server: RunningServer, body: Buffer): Promise<void> {
  const headers = { ...JSON_HEADERS, 'content-length': body.length };
  const { statusCode, text } = await new Promise<Answer>((resolve, reject) => {
    const call = request(`${server.url}/api/match`, { method: 'POST', agent: AGENT, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ statusCode: response.statusCode, text: Buffer.concat(chunks).toString() }),
      );
    });
    call.on('error', reject).end(body);
  });
  const { results } = JSON.parse(text) as { results?: unknown[] };
  if (statusCode !== 200 || results?.length !== 1) throw new Error(`The server answered ${statusCode}.`);
}

interface Answer {
  readonly statusCode: number | undefined;
  readonly text: string;
}

const AGENT = new Agent({ keepAlive: true });
