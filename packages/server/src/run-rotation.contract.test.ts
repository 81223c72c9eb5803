import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmbeddedPostgres } from './adapters/embedded-postgres/open-embedded-postgres.ts';
import { newMasterKey, openKeyRing, writeKeyRing } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import { composeRotation } from './compose-rotation.ts';
import type { Environment } from './config/load.ts';
import { insertSubjects, openAll, openRotation, ringOf } from './rotation-under-test.contract.ts';
import { runRotation } from './run-rotation.ts';
import { useServer } from './server-in-use.contract.ts';

const server = useServer();

async function run(env: Environment, stopAsked = new AbortController().signal) {
  const said: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runRotation({
    env: { FACEGATE_LOG_LEVEL: 'silent', ...env },
    say: (text) => void said.push(text),
    complain: (text) => void complaints.push(text),
    compose: composeRotation,
    stopAsked,
  });
  return { exitCode, said: said.join(''), complaint: complaints.join('') };
}

/** A store with some people, and the settings that name it. */
async function storeWith(count: number) {
  const url = await server.createDatabase();
  const rotation = await openRotation(url);
  onTestFinished(() => rotation.store.close());
  const people = await insertSubjects(rotation.records, rotation.parts.keys, count);
  const data = dirname(dirname(rotation.file));
  return { ...rotation, people, data, env: { DATABASE_URL: url, FACEGATE_DATA: data } };
}

const base64 = ({ bytes }: { readonly bytes: Uint8Array }) => Buffer.from(bytes).toString('base64');

describe('replacing the master key', () => {
  it('in the key file: says so, says what to do next, and ends with 0', async () => {
    const { env, file, records, people, first } = await storeWith(40);
    const { exitCode, said, complaint } = await run(env);
    expect([exitCode, complaint]).toEqual([0, '']);
    expect(said).toContain('stopped now');
    expect(said).toContain('40 data keys were sealed anew');
    expect(said).toContain(`Back up ${file}`);
    expect(
      await openAll(
        records,
        createKeys(() => ringOf(file)),
      ),
    ).toEqual(people);
    for (const key of [...first, ...ringOf(file)]) expect(said).not.toContain(base64(key));
  });

  it('in the settings: takes the new one from them and shows neither', async () => {
    const { env, file, records, people, first } = await storeWith(40);
    await rm(file);
    const next = newMasterKey();
    const keys = { FACEGATE_MASTER_KEY: base64(first[0]), FACEGATE_MASTER_KEY_NEW: base64(next) };
    const { exitCode, said, complaint } = await run({ ...env, ...keys });
    expect([exitCode, complaint]).toEqual([0, '']);
    expect(said).toContain('Put the new one into FACEGATE_MASTER_KEY');
    expect(
      await openAll(
        records,
        createKeys(() => [next]),
      ),
    ).toEqual(people);
    expect(await readdir(dirname(file))).toEqual([]);
    for (const key of Object.values(keys)) expect(said).not.toContain(key);
  });

  it('ends with 1 when it is stopped, and says how to go on', async () => {
    const { env, idsInFile } = await storeWith(5);
    const { exitCode, complaint } = await run(env, AbortSignal.abort());
    expect(exitCode).toBe(1);
    expect(complaint).toContain('run this again to go on');
    expect(idsInFile()).toHaveLength(2);
    expect((await run(env)).exitCode).toBe(0);
    expect(idsInFile()).toHaveLength(1);
  });

  it('ends with 1 and names the person whose data key does not open', async () => {
    const { env, records, people, idsInFile } = await storeWith(5);
    const [broken = ''] = await insertSubjects(
      records,
      createKeys(() => [newMasterKey()]),
      1,
    ).then((made) => made.keys());
    const { exitCode, complaint } = await run(env);
    expect(exitCode).toBe(1);
    expect(complaint).toContain(broken);
    expect(complaint).toContain('earlier master key is kept');
    expect(idsInFile()).toHaveLength(2);
    expect(people.size).toBe(5);
  });
});

describe('a master key that cannot be replaced', () => {
  it('because the settings give it and no other: ends with 78', async () => {
    const { env, first } = await storeWith(0);
    const { exitCode, complaint } = await run({ ...env, FACEGATE_MASTER_KEY: base64(first[0]) });
    expect(exitCode).toBe(78);
    expect(complaint).toContain('FACEGATE_MASTER_KEY_NEW');
    expect(complaint).not.toContain(base64(first[0]));
  });

  it('because the new one replaces none', async () => {
    const { env } = await storeWith(0);
    const { exitCode, complaint } = await run({ ...env, FACEGATE_MASTER_KEY_NEW: base64(newMasterKey()) });
    expect(exitCode).toBe(78);
    expect(complaint).toContain('FACEGATE_MASTER_KEY, which is not set');
  });

  it('because there is none: makes nothing in a folder that may be the wrong one', async () => {
    const data = await mkdtemp(join(tmpdir(), 'facegate-rotation-'));
    const { exitCode, complaint } = await run({ FACEGATE_DATA: data });
    expect(exitCode).toBe(1);
    expect(complaint).toContain('There is no master key');
    expect(await readdir(data)).toEqual([]);
  });

  it('because a server runs on the data folder: leaves the key as it is', async () => {
    const data = await mkdtemp(join(tmpdir(), 'facegate-rotation-'));
    // Else a database that root runs would be put elsewhere, and stay there.
    await chmod(data, 0o711);
    const file = join(data, 'keys', 'master.key');
    await openKeyRing(file);
    const before = ringOf(file);
    const running = await openEmbeddedPostgres({ folder: join(data, 'postgres'), say: () => undefined });
    const { exitCode, complaint } = await run({ FACEGATE_DATA: data });
    expect(exitCode).toBe(1);
    expect(complaint).toContain(`in use by process ${process.pid}. Stop that facegate first`);
    expect(ringOf(file)).toEqual(before);
    await running.close();
    expect((await run({ FACEGATE_DATA: data })).exitCode).toBe(0);
    expect(ringOf(file)).toHaveLength(1);
    expect(ringOf(file)[0].id).not.toBe(before[0].id);
  });

  it('because the file cannot be written: says so in the words of the key, and leaves the store alone', async () => {
    const { env, file, records, people, first } = await storeWith(3);
    await writeKeyRing(file, first);
    const { exitCode, complaint } = await runWithoutRoom(env);
    expect(exitCode).toBe(1);
    expect(complaint).toBe('facegate could not replace the master key: no room on the disk\n');
    expect(
      await openAll(
        records,
        createKeys(() => first),
      ),
    ).toEqual(people);
  });
});

async function runWithoutRoom(env: Environment) {
  const complaints: string[] = [];
  const exitCode = await runRotation({
    env: { FACEGATE_LOG_LEVEL: 'silent', ...env },
    say: () => undefined,
    complain: (text) => void complaints.push(text),
    compose: async (config, say) => {
      const composition = await composeRotation(config, say);
      const introduce = () => Promise.reject(new Error('no room on the disk'));
      return { ...composition, masterKeys: { ...composition.masterKeys, introduce } };
    },
    stopAsked: new AbortController().signal,
  });
  return { exitCode, complaint: complaints.join('') };
}

describe('the process that replaces the master key', () => {
  const start = (env: Environment): ChildProcess => {
    const program = fileURLToPath(new URL('./rotate-keys.ts', import.meta.url));
    const flags = ['--import', 'tsx/esm', '--conditions=@facegate/source'];
    const { PATH } = process.env;
    const child = spawn(process.execPath, [...flags, program], { env: { PATH, ...env }, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const ended = async (child: ChildProcess) =>
    (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];

  it('may be killed at any moment and run again', { timeout: 120_000 }, async () => {
    const { env, file, records, people, newKeys, idsInFile } = await storeWith(20_000);
    const [before] = idsInFile();
    const added = new Set<string>();
    for (const afterMs of [0, 60, 150, 300]) {
      const child = start(env);
      const exit = ended(child);
      // From the new key's being in the file to a moment that differs.
      while (child.exitCode === null && idsInFile().length === 1 && idsInFile()[0] === before) await delay(5);
      await delay(afterMs);
      child.kill('SIGKILL');
      await exit;
      added.add(idsInFile()[0] ?? '');
      expect(await openAll(records, newKeys())).toEqual(people);
      if (idsInFile().length === 1) break;
    }
    expect(added.size).toBe(1);
    expect(added).not.toContain(before);
    if (idsInFile().length > 1) expect(await ended(start(env))).toEqual([0, null]);
    expect(idsInFile()).toEqual([...added]);
    expect(
      await openAll(
        records,
        createKeys(() => ringOf(file)),
      ),
    ).toEqual(people);
  });
});
