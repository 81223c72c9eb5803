import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createFakeEngine, drawPicture, type FakeEngineOptions } from '@facegate/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import { EngineStartError } from './adapters/engine/open-engine.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import type { Composition } from './compose.ts';
import type { Environment } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { DOORS } from './domain/accounts/account.ts';
import { LOCAL_ACCOUNT } from './domain/enrolment/records.ts';
import { createService } from './domain/service.ts';
import { createLogger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';
import { runServer } from './run-server.ts';
import { WITHOUT_STORE } from './without-store.contract.ts';

interface Promised<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

function promised<T>(): Promised<T> {
  let settle: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle(value) };
}

function composeFake(config: Config, engineOptions: FakeEngineOptions): Composition {
  const engine = createFakeEngine(engineOptions);
  const logger = createLogger({ level: 'silent' });
  return {
    service: createService({ processor: createFaceProcessor(engine), ...WITHOUT_STORE }),
    surroundings: {
      config,
      logger,
      metrics: createMetrics({ process: false }),
      clock: systemClock,
      ids: randomIds,
    },
    accounts: { createDefault: async () => FIRST_CREDENTIALS },
    logger,
    close: () => engine.close(),
  };
}

const FIRST_CREDENTIALS = {
  accountId: LOCAL_ACCOUNT,
  account: 'default',
  credentials: DOORS.map((door) => ({ door, identifier: `${door}-id`, secret: `${door}-secret` })),
};

interface Started {
  /** From the banner. */
  readonly url: string;
  readonly banner: string;
  stop(): void;
  readonly exitCode: Promise<number>;
}

async function start(env: Environment = {}, engine: FakeEngineOptions = {}): Promise<Started> {
  const said = promised<string>();
  const stop = promised<string>();
  const exitCode = runServer({
    env: { FACEGATE_PORT: '0', ...env },
    say: said.resolve,
    complain: said.resolve,
    compose: async (config) => composeFake(config, engine),
    stopAsked: stop.promise,
  });
  onTestFinished(async () => {
    stop.resolve('test');
    await exitCode;
  });
  const banner = await said.promise;
  return { url: /http:\S+/.exec(banner)?.[0] ?? '', banner, stop: () => stop.resolve('SIGTERM'), exitCode };
}

async function startAndFail(env: Environment, compose = async (): Promise<Composition> => expect.fail()) {
  const complaints: string[] = [];
  const exitCode = await runServer({
    env,
    say: () => expect.fail('said it was ready'),
    complain: (text) => void complaints.push(text),
    compose,
    stopAsked: new Promise(() => {}),
  });
  return { exitCode, complaint: complaints.join('') };
}

const matchRequest = async () => {
  const data = (await drawPicture([{ identity: 1, x: 20, y: 20 }])).toString('base64');
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ images: [{ data }, { data }] }),
  };
};

describe('the server', () => {
  it('says where it listens, with which pack, and what to try; and answers there', async () => {
    const { url, banner } = await start();
    expect(banner).toContain('drawn@1.0.0');
    expect(banner).toContain(`--data-binary @- ${url}/api/detect`);
    expect(banner).toContain(`FACIA API at ${url}/liveness`);
    const response = await fetch(`${url}/api/match`, await matchRequest());
    expect(await response.json()).toMatchObject({ code: 0 });
  });

  it("tells the credentials of an account that was made at this start, under their vendors' names", async () => {
    const { banner } = await start();
    expect(banner).toContain('Credentials of the account "default", shown only this once');
    const told = [
      'native  api_key  native-secret',
      'facia  client_id  facia-id',
      'facia  client_secret  facia-secret',
    ];
    told.push('verihubs  app_id  verihubs-id', 'verihubs  api_key  verihubs-secret');
    told.push('advance  access_key  advance-id', 'advance  secret_key  advance-secret');
    const lines = banner.split('\n').map((line) => line.trim().replace(/ {2,}/g, '  '));
    for (const line of told) expect(lines).toContain(line);
  });

  it.each([
    [{}, 'open to everybody'],
    [{ FACEGATE_REGULA_ACCESS: 'key' }, 'for those who send "Authorization: Bearer"'],
    [{ FACEGATE_HOST: '0.0.0.0' }, 'for those who send "Authorization: Bearer"'],
    [{ FACEGATE_HOST: '0.0.0.0', FACEGATE_REGULA_ACCESS: 'open' }, 'open to everybody'],
  ])('says whether it asks for credentials: %j', async (env, said) => {
    expect((await start(env)).banner).toContain(said);
  });

  it('finishes running requests when told to stop, takes no new connections, and ends with 0', async () => {
    const arrived = promised<void>();
    const gate = promised<void>();
    const hold = () => {
      arrived.resolve();
      return gate.promise;
    };
    const { url, stop, exitCode } = await start({}, { gate: hold });
    const running = fetch(`${url}/api/match`, await matchRequest());
    await arrived.promise;
    stop();
    await refused(url);
    gate.resolve();
    expect((await running).status).toBe(200);
    expect(await exitCode).toBe(0);
  });

  it('says on connections still open that it is not ready, and closes them', async () => {
    const arrived = promised<void>();
    const gate = promised<void>();
    const hold = () => {
      arrived.resolve();
      return gate.promise;
    };
    const { url, stop, exitCode } = await start({}, { gate: hold });
    const running = fetch(`${url}/api/match`, await matchRequest());
    await arrived.promise;
    const answer = await talk(url, 'GET /api/readyz HTTP/1.1\r\nHost: x\r\n', async (socket) => {
      stop();
      await refused(url);
      socket.write('\r\n');
    });
    gate.resolve();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.toLowerCase()).toContain('connection: close');
    expect((await running).status).toBe(200);
    expect(await exitCode).toBe(0);
  });

  it('cuts off, with 1, what has not finished in time', async () => {
    const arrived = promised<void>();
    const hold = () => {
      arrived.resolve();
      return new Promise<void>(() => {});
    };
    const { url, stop, exitCode } = await start({ FACEGATE_CLOSE_TIMEOUT_MS: '50' }, { gate: hold });
    const running = fetch(`${url}/api/match`, await matchRequest());
    const cutOff = expect(running).rejects.toThrow();
    await arrived.promise;
    stop();
    expect(await exitCode).toBe(1);
    await cutOff;
  });

  it('drops a client that says nothing', async () => {
    const { url } = await start({ FACEGATE_HEADERS_TIMEOUT_MS: '100' });
    expect(await talk(url, '')).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('drops a client whose headers do not arrive', async () => {
    const { url } = await start({ FACEGATE_HEADERS_TIMEOUT_MS: '100' });
    expect(await talk(url, 'POST /api/match HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('drops a client whose body does not arrive', async () => {
    const { url } = await start({ FACEGATE_HEADERS_TIMEOUT_MS: '100', FACEGATE_REQUEST_TIMEOUT_MS: '200' });
    const head =
      'POST /api/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
    expect(await talk(url, head)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n'],
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'],
  ])('refuses a request with %s', async (_name, headers) => {
    const { url } = await start();
    const request = `POST /api/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n{}`;
    expect(await talk(url, request)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a server that cannot start', () => {
  it('lists every wrong setting and ends with 78', async () => {
    const { exitCode, complaint } = await startAndFail({ FACEGATE_PORT: 'x', FACEGATE_WORKERS: '-1' });
    expect(exitCode).toBe(78);
    expect(complaint).toContain('FACEGATE_PORT');
    expect(complaint).toContain('FACEGATE_WORKERS');
  });

  it('says that the port is taken and how to choose another', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    onTestFinished(() => void squatter.close());
    const address = squatter.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { exitCode, banner } = await start({ FACEGATE_PORT: port });
    expect(banner).toBe(
      `Port ${port} on 127.0.0.1 is taken. Stop what listens there, or choose another with FACEGATE_PORT.\n`,
    );
    expect(await exitCode).toBe(1);
  });

  it('says that it cannot listen on an address that is not its own', async () => {
    const { exitCode, banner } = await start({ FACEGATE_HOST: '192.0.2.1' });
    expect(banner).toContain('FACEGATE_HOST');
    expect(await exitCode).toBe(1);
  });

  it('ends with 0 when it is stopped before it is up', async () => {
    const exitCode = await runServer({
      env: {},
      say: () => expect.fail('said it was ready'),
      complain: (text) => expect.fail(text),
      compose: () => new Promise(() => {}),
      stopAsked: Promise.resolve('SIGTERM'),
    });
    expect(exitCode).toBe(0);
  });

  it('passes on what the engine says of a missing pack', async () => {
    const { exitCode, complaint } = await startAndFail({}, () =>
      Promise.reject(new EngineStartError('Model pack big is not installed.')),
    );
    expect(exitCode).toBe(1);
    expect(complaint).toContain('Model pack big is not installed.');
  });
});

/** Resolves once nothing listens at `url` any more. */
async function refused(url: string): Promise<void> {
  for (;;) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const taken = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (!taken) return;
  }
}

/** What the server says until it hangs up. */
async function talk(
  url: string,
  text: string,
  goOn: (socket: Socket) => Promise<void> = async () => {},
): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const heard: Buffer[] = [];
  socket.on('data', (chunk) => heard.push(chunk));
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  socket.write(text);
  await goOn(socket);
  await closed;
  return Buffer.concat(heard).toString();
}
