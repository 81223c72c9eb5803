import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNodeScript } from './child-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facegate-child-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('the exit code of the script is the answer, and it sees the environment it was given', async () => {
  const path = script('code.mjs', 'process.exit(Number(process.env.WANTED))');
  expect(await runNodeScript(path, { WANTED: '78' }, { isInteractive: false })).toBe(78);
});

test('a script gets its arguments as they are', async () => {
  const path = script(
    'args.mjs',
    `process.exit(process.argv[2] === '{"a":" b"}' && process.argv.length === 3 ? 3 : 4)`,
  );
  expect(await runNodeScript([path, '{"a":" b"}'], {}, { isInteractive: false })).toBe(3);
});

test('a script ended by a signal answers 128 plus its number', async () => {
  const path = script('killed.mjs', 'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000)');
  expect(await runNodeScript(path, {}, { isInteractive: false })).toBe(137);
});

test('a stop signal is passed on and the script may finish in its own time', async () => {
  const ready = `import { kill, ppid } from 'node:process';
    process.on('SIGTERM', () => process.exit(7));
    setInterval(() => {}, 1000);
    kill(ppid, 'SIGTERM');`;
  expect(await runNodeScript(script('stop.mjs', ready), {}, { isInteractive: false })).toBe(7);
});

test('no signal handler is left behind', async () => {
  const before = process.listenerCount('SIGTERM');
  await runNodeScript(script('short.mjs', ''), {}, { isInteractive: false });
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test('when the shell in between is killed, the script is stopped and not left behind', {
  timeout: 60_000,
}, async () => {
  const server = script('server.mjs', 'setInterval(() => {}, 1000); process.stdout.write("up");');
  const runner = script(
    'runner.mts',
    `import { runNodeScript } from ${JSON.stringify(new URL('./child-process.ts', import.meta.url).href)};
     await runNodeScript(${JSON.stringify(server)}, process.env, { isInteractive: false, stopsWithParent: true });`,
  );
  // The colon keeps the shell from replacing itself with its last command.
  const shell = spawn('sh', ['-c', `"${process.execPath}" --import tsx/esm "${runner}"; :`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(shell.stdout, 'data');
  const allGone = once(shell.stdout, 'close');
  shell.kill('SIGKILL');
  await allGone;
});
