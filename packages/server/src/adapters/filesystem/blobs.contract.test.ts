import { spawn } from 'node:child_process';
import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readlink,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { blobsContract } from '../../ports/blobs.contract.ts';
import { createFileBlobs } from './blobs.ts';

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'facegate-blobs-')), 'blobs');
blobsContract('a folder', async () => createFileBlobs(await newFolder()));

const pathIn = (folder: string, id: string) => join(folder, id.slice(0, 2), id.slice(2, 4), id);

/** What all open files have in common. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(tmpdir());
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

/** The folders that are brought to disk meanwhile, in order. */
async function foldersSynced(work: () => Promise<unknown>): Promise<string[]> {
  const synced: string[] = [];
  const spy = vi.spyOn(await fileHandles(), 'sync').mockImplementation(async function (this: FileHandle) {
    synced.push(await readlink(`/proc/self/fd/${this.fd}`));
  });
  await work();
  spy.mockRestore();
  return synced;
}

describe('blobs in a folder', () => {
  it('are for the owner alone', async () => {
    const folder = await newFolder();
    const id = await createFileBlobs(folder).put(Uint8Array.of(1));
    expect((await stat(pathIn(folder, id))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('are refused once their content has changed, without a word of it to the caller', async () => {
    const folder = await newFolder();
    const blobs = createFileBlobs(folder);
    const id = await blobs.put(Uint8Array.of(1, 2, 3));
    await writeFile(pathIn(folder, id), Uint8Array.of(1, 2, 4));
    const refusal = { code: 'internal', publicMessage: 'The server failed.' };
    await expect(blobs.get(id)).rejects.toMatchObject(refusal);
    const content = await blobs.open(id);
    const reading = async () => {
      for await (const piece of content?.read() ?? []) expect(piece).toHaveLength(3);
    };
    await expect(reading()).rejects.toMatchObject(refusal);
  });

  it('leave no draft behind when the place cannot be written', async () => {
    const folder = await newFolder();
    const blobs = createFileBlobs(folder);
    const id = await blobs.put(Uint8Array.of(5));
    await blobs.remove(id);
    // A folder where the file should be.
    await mkdir(pathIn(folder, id));
    await expect(blobs.put(Uint8Array.of(5))).rejects.toMatchObject({ code: 'internal' });
    expect(await readdir(join(pathIn(folder, id), '..'))).toEqual([id]);
  });

  it('clear away drafts of processes that died, and leave young ones alone', async () => {
    const folder = await newFolder();
    const blobs = createFileBlobs(folder);
    const id = await blobs.put(Uint8Array.of(1));
    const [old, young] = ['.draft-old', '.draft-young'].map((name) => join(folder, id.slice(0, 2), name));
    for (const path of [old, young]) await writeFile(path ?? '', 'x');
    await utimes(old ?? '', 1, 1);
    for await (const _ of blobs.putBefore(new Date(Date.now() - 60_000))) throw new Error('nothing is old');
    const left = await readdir(join(folder, id.slice(0, 2)));
    expect(left).toContain('.draft-young');
    expect(left).not.toContain('.draft-old');
  });

  it.runIf(process.platform === 'linux')(
    'bring every folder above them to disk, though somebody else has made it',
    async () => {
      const folder = await newFolder();
      const id = await createFileBlobs(folder).put(Uint8Array.of(1));
      // A process that died after it made the folders may not have brought them to disk.
      const successor = createFileBlobs(folder);
      const synced = await foldersSynced(() => successor.put(Uint8Array.of(1)));
      const leaf = dirname(pathIn(folder, id));
      expect(synced).toEqual([leaf, dirname(leaf), folder, dirname(folder)]);
      expect(await foldersSynced(() => successor.put(Uint8Array.of(1)))).toEqual([leaf]);
    },
  );

  it("fail in the domain's words where the folder is none", async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'facegate-blobs-')), 'file');
    await writeFile(file, '');
    const blobs = createFileBlobs(join(file, 'blobs'));
    const failure = { name: 'FaceError', code: 'internal', publicMessage: 'The server failed.' };
    await expect(blobs.put(Uint8Array.of(1))).rejects.toMatchObject(failure);
    const walk = async () => {
      for await (const _ of blobs.putBefore(new Date())) throw new Error('there is nothing');
    };
    await expect(walk()).rejects.toMatchObject(failure);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'])('are unavailable where the disk says %s', async (code) => {
    const folder = await newFolder();
    const blobs = createFileBlobs(folder);
    const failure = Object.assign(new Error(code), { code });
    const spy = vi.spyOn(await fileHandles(), 'datasync').mockRejectedValue(failure);
    await expect(blobs.put(Uint8Array.of(1))).rejects.toMatchObject({ code: 'unavailable' });
    spy.mockRestore();
    const left = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
    await blobs.put(Uint8Array.of(1));
  });

  it('that were put are all there, and whole, after the process was killed', async () => {
    const folder = await newFolder();
    const module = JSON.stringify(new URL('./blobs.ts', import.meta.url).href);
    const script = `
      const { createFileBlobs } = await import(${module});
      const blobs = createFileBlobs(${JSON.stringify(folder)});
      for (let i = 0; ; i++) console.log(await blobs.put(Buffer.alloc(20_000, String(i))));`;
    const flags = [
      '--import',
      'tsx',
      '--conditions=@facegate/source',
      '--input-type=module',
      '--eval',
      script,
    ];
    const writer = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    for await (const chunk of writer.stdout) {
      printed += chunk;
      if (printed.length > 100 * 65) writer.kill('SIGKILL');
    }
    const acknowledged = printed.split('\n').slice(0, -1);
    const blobs = createFileBlobs(folder);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    for (const id of acknowledged) expect(await blobs.get(id), id).toHaveLength(20_000);
    for await (const id of blobs.putBefore(new Date(Date.now() + 60_000))) await blobs.get(id);
  }, 60_000);
});
