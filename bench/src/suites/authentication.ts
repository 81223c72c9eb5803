import type { InstalledPack } from '@facegate/engine';
import { medianRow, type Row, randomSequence, toRow, welch } from '@facegate/measurement';
import { type Composition, compose } from '@facegate/server/compose';
import { loadConfig } from '@facegate/server/config';
import { newDataFolder } from '../data-folder.ts';

const SAMPLES = 10_000;
const WARM_UP = 1000;
/** Of the slowest, the share left out in the second look: what other work on the machine spoilt. */
const SPOILT = 0.1;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

interface Pair {
  readonly identifier: string;
  readonly secret: string;
}

/**
 * Whether the time of a refusal tells how wrong the credentials were: Welch's t of each two kinds of them, all refused
 * by `byPair` of one process on the database that comes along, in random order. Beyond ±4.5 they count as told apart.
 */
export async function measureAuthentication([pack]: readonly InstalledPack[]): Promise<Row[]> {
  if (pack === undefined) return [];
  const settings = { FACEGATE_DATA: newDataFolder(pack), FACEGATE_PACK: pack.manifest.id };
  const composition = await compose(loadConfig({ ...settings, FACEGATE_LOG_LEVEL: 'error' }), () => {});
  try {
    const known = await makeCredentials(composition);
    return rowsOf(pack, await timeRefusals(composition, wrongPairs(known)));
  } finally {
    await composition.close();
  }
}

async function makeCredentials({ accounts }: Composition): Promise<Pair> {
  const issued = await accounts.createDefault();
  const credential = issued?.credentials.find(({ door }) => door === 'verihubs');
  if (credential === undefined) throw new Error('The data folder was not empty.');
  return credential;
}

/** How credentials can be wrong, by name. */
function wrongPairs({ identifier, secret }: Pair): Readonly<Record<string, () => Pair>> {
  const random = randomSequence(1);
  const draw = (length: number): string =>
    Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
  const last = secret.endsWith('0') ? '1' : '0';
  return {
    'all but the last character right': () => ({ identifier, secret: secret.slice(0, -1) + last }),
    'a random key': () => ({ identifier, secret: draw(secret.length) }),
    'an unknown identifier': () => ({ identifier: draw(identifier.length), secret: draw(secret.length) }),
  };
}

type Times = Readonly<Record<string, readonly number[]>>;

/** @returns microseconds of each kind. */
async function timeRefusals(
  { service: { authentication } }: Composition,
  kinds: ReturnType<typeof wrongPairs>,
): Promise<Times> {
  const random = randomSequence(2);
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let i = -WARM_UP; i < SAMPLES; i++) {
    const inRandomOrder = Object.entries(kinds)
      .map(([kind, draw]) => ({ kind, pair: draw(), rank: random() }))
      .sort((a, b) => a.rank - b.rank);
    for (const { kind, pair } of inRandomOrder) {
      const started = performance.now();
      const principal = await authentication.byPair('verihubs', pair.identifier, pair.secret);
      const microseconds = 1000 * (performance.now() - started);
      if (principal !== undefined) throw new Error('Wrong credentials were admitted.');
      if (i >= 0) times[kind]?.push(microseconds);
    }
  }
  return times;
}

function rowsOf(pack: InstalledPack, times: Times): Row[] {
  const named = (metric: string) => ({ suite: 'authentication', pack: pack.manifest.id, metric });
  const kinds = Object.entries(times);
  const limit = quantile(
    kinds.flatMap(([, values]) => values),
    1 - SPOILT,
  );
  const unspoilt = (values: readonly number[]) => values.filter((value) => value <= limit);
  return [
    ...kinds.map(([kind, values]) => medianRow(named(`refusal of ${kind}, µs`), values)),
    ...pairsOf(kinds).flatMap(([[first, a], [second, b]]) => [
      toRow(named(`t of ${first} against ${second}`), welch(a, b)),
      toRow(named(`the same, the fastest 90 %`), welch(unspoilt(a), unspoilt(b))),
    ]),
  ];
}

const pairsOf = <T>(all: readonly T[]): (readonly [T, T])[] =>
  all.flatMap((first, i) => all.slice(i + 1).map((second) => [first, second] as const));

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
