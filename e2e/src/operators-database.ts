import { randomUUID } from 'node:crypto';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';

/** Of a PostgreSQL in which tests may make databases; undefined where there is none. */
export const operatorsUrl: string | undefined = process.env['FACEGATE_TEST_DATABASE_URL'] || undefined;

/** @returns the URL of a new, empty database. */
export async function createDatabase(url: string): Promise<string> {
  const name = `facegate_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const created = new URL(url);
  created.pathname = `/${name}`;
  return created.href;
}

/** How a database can fail whoever uses it. */
export type Failure = 'refuses' | 'hangs';

/** A database that can be made to fail: everything goes through here. */
export interface FailingDatabase {
  readonly url: string;
  /** From now on: connections are cut and refused, or accepted and left without a word. */
  fail(how: Failure): Promise<void>;
  recover(): Promise<void>;
  close(): Promise<void>;
}

export async function openFailingDatabase(url: string): Promise<FailingDatabase> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isHanging = false;
  const server = createServer((inward) => {
    const outward = connectTo(Number(target.port), target.hostname);
    for (const [from, to] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        // What was said while it hung is never heard.
        if (!isHanging) to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const port = await listen(server, 0);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return {
    url: through.href,
    fail: async (how) => {
      if (how === 'hangs') isHanging = true;
      else await stop(server, cut);
    },
    recover: async () => {
      // A server that comes back knows nothing of its former connections.
      cut();
      isHanging = false;
      if (!server.listening) await listen(server, port);
    },
    close: () => stop(server, cut),
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function stop(server: Server, cut: () => void): Promise<void> {
  const stopped = new Promise((resolve) => server.close(resolve));
  cut();
  await stopped;
}
