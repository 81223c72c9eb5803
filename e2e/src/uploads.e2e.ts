import { existsSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clientSecretIn } from './facia-calls.ts';
import { createDataFolder } from './own-data-folder.ts';
import { peakMemoryBytes, type RunningServer, startServer } from './server-process.ts';

const CLIP_BYTES = 49_900_000;
const AT_ONCE = 10;
/** The clips are 500 MB together. Held whole, those of one moment alone would exceed this. */
const GROWTH_BYTES_MAX = 250_000_000;

const folder = createDataFolder();
let server: RunningServer;
let secret: string;

beforeAll(async () => {
  server = await startServer({ FACEGATE_DATA: folder, FACEGATE_PACK: 'core', FACEGATE_CASES_AT_ONCE: '0' });
  // The server is ready a moment before it has said all.
  secret = await vi.waitFor(() => clientSecretIn(server.said()), { timeout: 10_000 });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Begins as a clip; nothing in it can be decoded. */
const clip = Buffer.alloc(CLIP_BYTES, 7);
clip.write('\0\0\0\x18ftypmp42', 'latin1');

function formWith(bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  const fields = { type: 'liveness', file_type: 'video', offsite_liveness: '1', detect_deepfake: '1' };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytes]), 'clip.mp4');
  return form;
}

async function submit(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const headers = { 'client-secret': secret };
  const answer = await fetch(`${server.url}/liveness`, { method: 'POST', headers, body: formWith(bytes) });
  await answer.arrayBuffer();
  return answer.status;
}

const inScratch = (): readonly string[] =>
  existsSync(join(folder, 'scratch')) ? readdirSync(join(folder, 'scratch')) : [];

test.runIf(process.platform === 'linux')(
  'ten clips of 50 MB at once are all answered, take little memory, and leave nothing in scratch',
  { timeout: 240_000 },
  async () => {
    await submit(clip.subarray(0, 3_000_000));
    const before = peakMemoryBytes(server.pid);
    const statuses = await Promise.all(Array.from({ length: AT_ONCE }, () => submit(clip)));
    // Refused as unreadable, or kept unseen where the engine had no room to look.
    for (const status of statuses) expect([200, 400]).toContain(status);
    expect(peakMemoryBytes(server.pid) - before).toBeLessThan(GROWTH_BYTES_MAX);
    expect(inScratch()).toEqual([]);
  },
);

test('an upload that is broken off leaves no file', { timeout: 60_000 }, async () => {
  const sending = request(`${server.url}/liveness`, {
    method: 'POST',
    headers: { 'client-secret': secret, 'content-type': 'multipart/form-data; boundary=x' },
  });
  sending.on('error', () => {});
  sending.write('--x\r\nContent-Disposition: form-data; name="file"; filename="clip.mp4"\r\n\r\n');
  sending.write(clip.subarray(0, 5_000_000));
  await expect.poll(inScratch, { timeout: 20_000 }).toHaveLength(1);
  sending.destroy();
  await expect.poll(inScratch, { timeout: 20_000 }).toEqual([]);
});
