import type { SyntheticTemplates } from './synthetic-templates.ts';

/** Another exact search over the same vectors, in this process. */
export interface Peer {
  readonly name: string;
  /** Row of the best match. */
  nearest(probe: Float32Array, k: number): Promise<number | undefined>;
  close(): Promise<void>;
}

/** A peer, or why there is none. */
export type PeerOrReason = Peer | { readonly name: string; readonly reason: string };

const ROWS_A_COPY = 10_000;

/** Exhaustive search over float32 by usearch, with `threads` threads. */
export async function openUsearch(
  templates: SyntheticTemplates,
  rows: number,
  threads: number,
): Promise<PeerOrReason> {
  const name = 'usearch exact';
  try {
    const { exactSearch, MetricKind } = await import('usearch');
    const all = templates.slice(0, rows);
    return {
      name,
      nearest: async (probe, k) => {
        const { keys } = exactSearch(all, probe, templates.dimension, k, MetricKind.IP, threads);
        return keys instanceof BigUint64Array ? Number(keys[0]) : undefined;
      },
      close: async () => {},
    };
  } catch (error) {
    return { name, reason: `not available here: ${reasonOf(error)}` };
  }
}

/**
 * Sequential scan by pgvector inside PGlite. PGlite is PostgreSQL compiled to WebAssembly, with one process and no
 * parallel scan: it stands for pgvector's answer, not for the speed of a PostgreSQL server.
 */
export async function openPgvector(templates: SyntheticTemplates, rows: number): Promise<PeerOrReason> {
  const name = 'pgvector in PGlite (WebAssembly) exact';
  try {
    const [{ PGlite }, { vector }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('@electric-sql/pglite-pgvector'),
    ]);
    const database = await PGlite.create({ extensions: { vector } });
    await database.exec(
      `CREATE EXTENSION vector; CREATE TABLE templates (id int4, v vector(${templates.dimension}))`,
    );
    for (let from = 0; from < rows; from += ROWS_A_COPY) {
      const blob = binaryCopy(templates, from, Math.min(rows, from + ROWS_A_COPY));
      await database.query("COPY templates FROM '/dev/blob' (FORMAT binary)", [], { blob });
    }
    return {
      name,
      nearest: async (probe, k) => {
        const { rows: found } = await database.query<{ id: number }>(
          'SELECT id FROM templates ORDER BY v <#> $1 LIMIT $2',
          [`[${probe.join(',')}]`, k],
        );
        return found[0]?.id;
      },
      close: () => database.close(),
    };
  } catch (error) {
    return { name, reason: `not available here: ${reasonOf(error)}` };
  }
}

/** Rows in PostgreSQL's binary COPY format; a vector is its dimension, a zero, and float4 values, big-endian. */
function binaryCopy(templates: SyntheticTemplates, from: number, to: number): Blob {
  const { dimension } = templates;
  const values = templates.slice(from, to);
  const head = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
  const rowBytes = 2 + 4 + 4 + 4 + 4 + dimension * 4;
  const body = Buffer.alloc((to - from) * rowBytes + 2);
  let at = 0;
  for (let row = from; row < to; row++) {
    at = body.writeInt16BE(2, at);
    at = body.writeInt32BE(4, at);
    at = body.writeInt32BE(row, at);
    at = body.writeInt32BE(4 + dimension * 4, at);
    at = body.writeInt16BE(dimension, at);
    at = body.writeInt16BE(0, at);
    for (let i = 0; i < dimension; i++) {
      at = body.writeFloatBE(values[(row - from) * dimension + i] ?? 0, at);
    }
  }
  body.writeInt16BE(-1, at);
  return new Blob([head, body]);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
