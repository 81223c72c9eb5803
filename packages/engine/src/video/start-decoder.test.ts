import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import { videoOptionsOf } from './limits.ts';
import { encodeMessage } from './messages.ts';
import { type DecodingOptions, decodeInProcess } from './start-decoder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facegate-decoder-'));
});
afterAll(async () => rm(folder, { recursive: true }));

/** Runs a decoder whose program is this text. */
async function decode(program: string, options: DecodingOptions = {}, limits = {}): Promise<unknown[]> {
  const path = join(folder, `program-${Math.random()}.mjs`);
  await writeFile(path, program);
  const task = { path: folder, samples: 2, ...videoOptionsOf({ video: { limits } }, DEFAULT_IMAGE_LIMITS) };
  const found = [];
  for await (const { message } of decodeInProcess(task, { ...options, program: path })) found.push(message);
  return found;
}

const HANG = 'setInterval(() => {}, 1000);';
const say = (bytes: readonly Uint8Array[]): string =>
  `import { writeSync } from 'node:fs'; writeSync(3, Buffer.from('${Buffer.concat(bytes).toString('base64')}', 'base64'));`;

/** A killed process may stay as a name until somebody asks after it. */
async function isAlive(id: number): Promise<boolean> {
  const status = await readFile(`/proc/${id}/status`, 'latin1').catch(() => '');
  return /^State:\s+[^ZX]/m.test(status);
}

describe('a decoder process', () => {
  it('is heard until its last message, and no longer', async () => {
    const last = { kind: 'error', code: 'image-unreadable', message: 'x' } as const;
    expect(await decode(say(encodeMessage(last)) + HANG)).toEqual([last]);
  });

  it.runIf(process.platform === 'linux')('is killed at its deadline, with what it started', async () => {
    const file = join(folder, 'child');
    const program = `import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(file)}, String(spawn('sleep', ['60']).pid)); for (;;);`;
    await expect(decode(program, {}, { deadlineMs: 1500 })).rejects.toMatchObject({ code: 'timeout' });
    const started = Number(await readFile(file, 'latin1'));
    for (let tries = 0; (await isAlive(started)) && tries < 50; tries++) await sleep(20);
    expect(started).toBeGreaterThan(0);
    expect(await isAlive(started)).toBe(false);
  });

  it('is killed when nobody waits any more', async () => {
    await expect(decode(HANG, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: 'timeout',
    });
    await expect(decode(HANG, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'timeout' });
  });

  it.runIf(process.platform === 'linux')('is killed when it takes too much memory', async () => {
    const program = `globalThis.held = Buffer.alloc(400_000_000, 1); ${HANG}`;
    const limits = { memoryBytesMax: 200_000_000 };
    await expect(decode(program, {}, limits)).rejects.toMatchObject({ code: 'payload-too-large' });
  });

  it.each([
    ['crashes', 'process.kill(process.pid, "SIGSEGV");'],
    ['ends without a word', ''],
    ['talks nonsense', say([Buffer.alloc(64, 0xff)])],
  ])('that %s makes its own clip unreadable and nothing else', async (_, program) => {
    await expect(decode(program)).rejects.toMatchObject({ code: 'image-unreadable' });
  });

  it('does not get the settings and secrets of the server', async () => {
    const code = 'unsupported-media';
    const program = `import { writeSync } from 'node:fs';
      const json = JSON.stringify({ kind: 'error', code: '${code}', message: Object.keys(process.env).join() });
      const prefix = Buffer.alloc(8); prefix.writeUInt32LE(json.length); writeSync(3, prefix); writeSync(3, json);`;
    expect(await decode(program)).toEqual([{ kind: 'error', code, message: 'PATH' }]);
  });
});
