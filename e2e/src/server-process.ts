import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A process as a black box: what it said, and how it ended. */
export interface RunningProcess {
  readonly pid: number;
  /** All it wrote so far, standard output and error together. */
  readonly said: () => string;
  /** Resolves to the exit code (or the signal that ended it) once the process is gone. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Asks it to stop and waits until it has. */
  readonly stop: () => Promise<number | NodeJS.Signals>;
}

/** A server: a process with an address. */
export interface RunningServer extends RunningProcess {
  readonly url: string;
}

const programFile = (name: string) =>
  fileURLToPath(new URL(`../../packages/server/dist/${name}.js`, import.meta.url));
const SERVER_MAIN = programFile('main');
const WORKER = programFile('worker');
const CLONE_ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;

type Settings = Readonly<Record<string, string>>;

/** Starts a server on a free port of the loopback interface and waits until it says it is ready. */
export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const port = await freePort();
  const own = { FACEGATE_HOST: '127.0.0.1', FACEGATE_PORT: String(port) };
  const server = { ...launch(SERVER_MAIN, { ...own, ...settings }), url: `http://127.0.0.1:${port}` };
  // It answers before it has told the first credentials.
  const isReady = async () =>
    server.said().includes('is ready') && (await fetch(`${server.url}/api/readyz`)).ok;
  await awaitReady(server, isReady);
  return server;
}

/** Starts a worker beside a server and waits until it says it is ready. */
export async function startWorker(settings: Settings): Promise<RunningProcess> {
  const worker = launch(WORKER, settings);
  await awaitReady(worker, async () => worker.said().includes('worker is ready'));
  return worker;
}

/** Starts a server that is expected to refuse, and waits for its end. */
export async function startRefused(
  settings: Settings,
): Promise<{ exit: number | NodeJS.Signals; said: string }> {
  const server = launch(SERVER_MAIN, settings);
  const exit = await server.ended;
  return { exit, said: server.said() };
}

function launch(program: string, settings: Settings): RunningProcess {
  const child = spawn(process.execPath, ['--single-threaded-gc', '--heap-growing-percent=400', program], {
    cwd: CLONE_ROOT,
    // Nothing of the caller's configuration may leak in, or a test would pass on one machine only.
    env: { ...withoutOurs(process.env), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(String(chunk)));
  const ended = endOf(child);
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  const stop = () => {
    signal('SIGTERM');
    return ended;
  };
  const pid = child.pid ?? 0;
  return { pid, said: () => said.join(''), ended, signal, stop };
}

const withoutOurs = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !name.startsWith('FACEGATE_') || ['FACEGATE_DATA', 'FACEGATE_PACK'].includes(name),
    ),
  );

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  // `close` comes after the last output, `exit` may come before.
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? signal ?? 0;
}

async function awaitReady(started: RunningProcess, isReady: () => Promise<boolean>): Promise<void> {
  let exit: number | NodeJS.Signals | undefined;
  void started.ended.then((status) => {
    exit = status;
  });
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (exit !== undefined) throw new Error(`It ended with ${exit}:\n${started.said()}`);
    if (await isReady().catch(() => false)) return;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  await started.stop();
  throw new Error(`It was not ready within ${READY_WITHIN_MS / 1000} s:\n${started.said()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The most memory a process has held so far, bytes.
 *
 * @source /proc, Linux only.
 */
export function peakMemoryBytes(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
