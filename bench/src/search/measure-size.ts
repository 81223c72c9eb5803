import { availableParallelism } from 'node:os';
import { type SearchAnswer, SearchIndex, selectionOf } from '@facegate/engine/search';
import { medianRatio, medianRow, type Row, toRow, wilson } from '@facegate/measurement';
import { bruteForce } from './brute-force.ts';
import { openPgvector, openUsearch, type Peer } from './peers.ts';
import { type Contestants, type Times, timeRounds, WARM_UP_ROUNDS } from './rounds.ts';
import { type SyntheticTemplates, syntheticTemplates } from './synthetic-templates.ts';

export interface Size {
  readonly rows: number;
  readonly dimension: number;
  readonly rounds: number;
  /** Probes whose answers are compared with brute force. */
  readonly checked: number;
  /** Whether others are measured beside; they keep float32 copies of their own. */
  readonly withPeers: boolean;
}

/** A name and a figure; the suite and the pack are put in at the end. */
type Figure = Omit<Row, 'suite' | 'pack'>;

const K = 10;
const ROWS_A_LOAD = 1000;
const SHARES = [0.5, 0.1, 0.01, 0.001];
const BATCHES = [16, 64];

export interface Measured {
  readonly rows: Row[];
  /** A line for each peer that could not run. */
  readonly notes: string[];
}

/** Everything about one size of index. */
export async function measureSize(size: Size): Promise<Measured> {
  const templates = syntheticTemplates(size.dimension);
  const index = new SearchIndex({ dimension: size.dimension });
  const notes: string[] = [];
  try {
    const figures = [
      ...load(index, templates, size),
      ...(await measureScans(index, templates, size)),
      ...(size.withPeers ? await measurePeers(index, templates, size, notes) : []),
      ...(await measureRecall(index, templates, size)),
    ];
    const suite = `search ${size.rows.toLocaleString('en')} × ${size.dimension}`;
    return { rows: figures.map((figure) => ({ suite, pack: 'synthetic', ...figure })), notes };
  } finally {
    await index.close();
  }
}

function load(index: SearchIndex, templates: SyntheticTemplates, { rows }: Size): Figure[] {
  const before = process.memoryUsage.rss();
  let ms = 0;
  for (let from = 0; from < rows; from += ROWS_A_LOAD) {
    const values = templates.slice(from, Math.min(rows, from + ROWS_A_LOAD));
    const started = performance.now();
    index.addMany(values);
    ms += performance.now() - started;
  }
  const megabytes = (process.memoryUsage.rss() - before) / 1e6;
  return [
    single('load by addMany, s', ms / 1000),
    single('memory of codes and float32 values, MB', megabytes),
  ];
}

async function measureScans(
  index: SearchIndex,
  templates: SyntheticTemplates,
  size: Size,
): Promise<Figure[]> {
  const probes = probesOf(templates, size, 64);
  const probe = (round: number) => probes[round % probes.length] as Float32Array;
  const reranked: number[] = [];
  const rescans: number[] = [];
  const ofBatches: SearchAnswer[] = [];
  const contestants: Contestants = {
    search: async (round) => {
      const answer = await index.search({ values: probe(round), k: K });
      reranked.push(answer.reranked);
      rescans.push(answer.rescans);
    },
    'load-only pass': () => index.readAll(),
    ...Object.fromEntries(
      BATCHES.map((count) => [
        `batch of ${count}`,
        async () => {
          const batch = probes.slice(0, count).map((values) => index.search({ values, k: K }));
          ofBatches.push(...(await Promise.all(batch)));
        },
      ]),
    ),
    ...filters(index, size, probe),
  };
  const times = await timeRounds(contestants, size.rounds);
  return [
    ...scanFigures(times),
    figure('rows re-ranked a search', reranked),
    figure('further passes a search, mean', [mean(rescans)], rescans.length),
    figure(
      'rows re-ranked a search of a batch',
      ofBatches.map(({ reranked: of }) => of),
    ),
    figure(
      'further passes a search of a batch, mean',
      [mean(ofBatches.map(({ rescans: of }) => of))],
      ofBatches.length,
    ),
  ];
}

/** A selection as a group keeps it, and of lists also one that was never searched with before. */
function filters(
  index: SearchIndex,
  { rows, rounds }: Size,
  probe: (round: number) => Float32Array,
): Contestants {
  const contestants: Record<string, (round: number) => Promise<unknown>> = {};
  for (const share of SHARES) {
    const apart = Math.round(1 / share);
    const select = (first: number) => {
      const chosen = Uint32Array.from({ length: Math.floor(rows * share) }, (_, i) => i * apart + first);
      return selectionOf(chosen, index.capacity);
    };
    const kept = select(0);
    const name = `${share * 100} % of the rows`;
    contestants[`${name} (${kept.kind})`] = (round) =>
      index.search({ values: probe(round), k: K, rows: kept });
    if (kept.kind === 'bitmap') continue;
    // Other rows each time, or caches would know them.
    const fresh = Array.from({ length: rounds + WARM_UP_ROUNDS }, (_, round) => select((round + 1) % apart));
    contestants[`${name} (new list)`] = (round) =>
      index.search({ values: probe(round), k: K, rows: fresh[round] });
  }
  return contestants;
}

function scanFigures(times: Times): Figure[] {
  const search = times['search'] ?? [];
  const against = (name: string, scale = 1): [number, number][] =>
    (times[name] ?? []).map((ms, i) => [(search[i] ?? 0) * scale, ms]);
  const filterNames = Object.keys(times).filter((name) => name.includes('% of the rows'));
  return [
    figure('search, ms', search),
    figure('load-only pass, ms', times['load-only pass'] ?? []),
    ratio('load-only pass ÷ search', inverted(against('load-only pass'))),
    ...BATCHES.flatMap((count) => [
      figure(`batch of ${count}, searches a second`, rates(times[`batch of ${count}`] ?? [], count)),
      ratio(`batch of ${count}: searches a second ÷ one by one`, against(`batch of ${count}`, count)),
    ]),
    ...filterNames.flatMap((name) => [
      figure(`${name}, ms`, times[name] ?? []),
      ratio(`${name} ÷ search`, inverted(against(name))),
    ]),
  ];
}

async function measurePeers(
  index: SearchIndex,
  templates: SyntheticTemplates,
  size: Size,
  notes: string[],
): Promise<Figure[]> {
  const opened = [
    await openUsearch(templates, size.rows, availableParallelism()),
    await openPgvector(templates, size.rows),
  ];
  const peers = opened.filter((peer): peer is Peer => 'nearest' in peer);
  for (const peer of opened) if ('reason' in peer) notes.push(`${peer.name}: ${peer.reason}`);
  const probes = probesOf(templates, size, 16);
  const figures: Figure[] = [];
  for (const peer of peers) figures.push(...(await measurePeer(index, peer, probes, size.rounds)));
  await requireSameAnswers(index, peers, probes);
  for (const peer of peers) await peer.close();
  return figures;
}

/** One peer and ours in turns, and nobody else: half a second of another's work would leave every cache cold. */
async function measurePeer(
  index: SearchIndex,
  { name, nearest }: Peer,
  probes: readonly Float32Array[],
  rounds: number,
): Promise<Figure[]> {
  const probe = (round: number) => probes[round % probes.length] as Float32Array;
  const contestants: Contestants = {
    search: (round) => index.search({ values: probe(round), k: K }),
    peer: (round) => nearest(probe(round), K),
  };
  const { search = [], peer = [] } = await timeRounds(contestants, rounds);
  return [
    figure(`${name}, ms`, peer),
    ratio(
      `${name} ÷ search`,
      peer.map((ms, i) => [ms, search[i] ?? 0]),
    ),
  ];
}

/** A peer that finds something else is not doing the same work. */
async function requireSameAnswers(
  index: SearchIndex,
  peers: readonly Peer[],
  probes: readonly Float32Array[],
) {
  for (const values of probes) {
    const { candidates } = await index.search({ values, k: 1 });
    for (const peer of peers) {
      const row = await peer.nearest(values, K);
      if (row !== candidates[0]?.row) throw new Error(`${peer.name} found another best row: ${row}.`);
    }
  }
}

async function measureRecall(
  index: SearchIndex,
  templates: SyntheticTemplates,
  size: Size,
): Promise<Figure[]> {
  const probes = probesOf(templates, size, size.checked);
  const truth = bruteForce(templates, size.rows, probes, K);
  let first = 0;
  let all = 0;
  for (const [i, values] of probes.entries()) {
    const { candidates } = await index.search({ values, k: K });
    const rows = candidates.map(({ row }) => row);
    first += Number(rows[0] === truth[i]?.[0]);
    all += rows.filter((row, rank) => row === truth[i]?.[rank]).length;
  }
  const share = (metric: string, hits: number, n: number): Figure => ({
    metric,
    value: hits / n,
    n,
    ...wilson(hits, n),
  });
  return [
    share('recall@1 against brute force', first, probes.length),
    share('recall@10, in order, against brute force', all, probes.length * K),
  ];
}

/** Half of somebody in the index, half of nobody there. */
function probesOf(templates: SyntheticTemplates, { rows }: Size, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, i) =>
    i % 2 === 0 ? templates.mated(Math.floor((i * rows) / count)) : templates.nonMated(i),
  );
}

function figure(metric: string, values: readonly number[], n = values.length): Figure {
  const { suite: _suite, pack: _pack, ...rest } = medianRow({ suite: '', pack: '', metric }, values);
  return { ...rest, n };
}

function ratio(metric: string, pairs: readonly (readonly [number, number])[]): Figure {
  const { suite: _suite, pack: _pack, ...rest } = toRow({ suite: '', pack: '', metric }, medianRatio(pairs));
  return rest;
}

function single(metric: string, value: number): Figure {
  return { metric, value, low: value, high: value, n: 1 };
}

const inverted = (pairs: readonly [number, number][]): [number, number][] => pairs.map(([a, b]) => [b, a]);
const rates = (times: readonly number[], count: number): number[] => times.map((ms) => (count * 1000) / ms);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
